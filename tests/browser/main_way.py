"""The main way through the product, step by step, as a coordinator and a firm walk it in a browser.

Nothing here needs JavaScript: the same steps are walked with and without it.
"""

import datetime as dt
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, Response
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from agreements.models import Agreement, IssuedDocument
from partnerships.models import Organisation
from tests.browser.conftest import PHONE
from tests.smtp import PostOffice

FILE = Path(__file__).parent.parent / "data" / "partners.csv"
FIRM = "Elm Glass Ltd"
SIGNER = "Hugo Ekström"
PERSON = "h.ekstrom@elmglass.example.org"
PATIENCE = 150
LINK = re.compile(r"https?://\S+/t/\S+")


@dataclass
class MainWay:
    """A walk. `meanwhile` lets the work that waits be done; with a worker beside it has nothing to do."""

    page: Page
    site: str
    office: PostOffice
    meanwhile: Callable[[], None]

    def until(self, happened: Callable[[], object], *, what: str, patience: float = PATIENCE) -> None:
        """Wait for something that is done elsewhere."""
        deadline = time.monotonic() + patience
        while not happened():
            assert time.monotonic() < deadline, f"Waited {patience} s for {what}"
            self.meanwhile()
            self.page.wait_for_timeout(250)

    def go(self, address: str) -> Response | None:
        return self.page.goto(f"{self.site}{address}")

    def sign_in(self, email: str, password: str) -> None:
        self.go("/")
        self.page.get_by_label("E-mail").fill(email)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        self.page.get_by_role("heading", level=1).wait_for()

    def import_partners(self) -> None:
        """Read the file, accept the columns as guessed and bring the rows in."""
        self.go("/partners/import/")
        self.page.locator("input[type=file]").set_input_files(FILE)
        self.page.get_by_role("button", name="Read the file").click()
        self.page.get_by_role("heading", name="Test run: what would happen").wait_for()
        self.page.locator("button[name=act][value=import]").click()
        self.until(self.is_imported, what="the import")

    def is_imported(self) -> bool:
        """Say whether the page, which renews itself while the job runs, has come to the result."""
        try:
            self.page.get_by_role("link", name=re.compile("new partner")).first.wait_for(timeout=250)
        except PlaywrightTimeoutError:
            return False
        return True

    def find_firm(self) -> Organisation:
        """Find the firm by a part of its name and open its page."""
        self.go("/search/?q=elm+gla")
        self.page.get_by_role("main").get_by_role("link", name=re.compile(FIRM)).first.click()
        self.page.get_by_role("heading", level=1, name=FIRM).wait_for()
        return Organisation.objects.get(name=FIRM)

    def log_call(self, *, remind_at: dt.datetime) -> None:
        """Write down a call and plan the next one for an hour and minute."""
        form = self.page.locator("form[action*='/call/']")
        form.get_by_label("What was said").fill("Wants two glaziers by autumn and would sign.")
        form.get_by_label("Next follow-up", exact=True).select_option("date")
        closed = form.locator("details:not([open]) > summary")
        while closed.count():
            closed.first.click()
        form.get_by_label("Day", exact=True).fill(remind_at.strftime("%Y-%m-%d"))
        form.get_by_label("Time", exact=True).fill(remind_at.strftime("%H:%M"))
        form.get_by_label("What to do").fill("Ask whether the board agreed")
        form.get_by_role("button", name="Save call").click()
        self.page.locator(".td-tl").get_by_text("Wants two glaziers by autumn").wait_for()

    def draft_agreement(self, organisation: Organisation) -> Agreement:
        """Begin a draft, fill what is missing and save."""
        self.go(f"/agreements/new/?partner={organisation.pk}")
        self.page.get_by_role("button", name="Begin the draft").click()
        agreement = Agreement.objects.get(organisation=organisation)
        self.go(f"/agreements/{agreement.pk}/edit/")
        self.page.get_by_label("Title").first.fill("Glazing placements 2026 to 2028")
        self.page.get_by_label("Purpose").first.fill("Two students a year learn glazing in the workshop.")
        self.page.get_by_label("What we expect of each other").fill("We answer each other within two working days.")
        self.page.get_by_label("Student places a year").fill("2")
        today = dt.datetime.now(tz=dt.UTC).date()
        self.page.get_by_label("First day").fill(today.isoformat())
        self.page.get_by_label("Last day").fill((today + dt.timedelta(days=730)).isoformat())
        self._name_who_signs()
        self.page.get_by_role("button", name="Save agreement").last.click()
        self.page.get_by_role("link", name="Send for signature").wait_for()
        return agreement

    def _name_who_signs(self) -> None:
        """Add a line: the firm's person came from a file, which does not say who may sign."""
        self.page.get_by_role("button", name="Add a signatory").click()
        line = self.page.locator("#signatories fieldset").last
        line.get_by_label("Signs for").select_option("organisation")
        line.get_by_label("Name").fill(SIGNER)
        line.get_by_label("Role").fill("Owner")
        line.get_by_label("E-mail").fill(PERSON)

    def open_draft_pdf(self, agreement: Agreement) -> bytes:
        answer = self.page.request.get(f"{self.site}/agreements/{agreement.pk}/pdf/")
        assert answer.headers["content-type"] == "application/pdf"
        return answer.body()

    def send_for_signature(self, agreement: Agreement) -> None:
        self.go(f"/agreements/{agreement.pk}/send/")
        self.page.get_by_role("button", name="Send to 2 people").click()

    def mail_to(self, address: str, subject: str) -> EmailMessage:
        """Wait for a mail to an address whose subject holds some words."""

        def found() -> list[EmailMessage]:
            return [message for message in self.office.to(address) if subject in message["Subject"]]

        self.until(found, what=f"a mail to {address} about “{subject}”")
        return found()[-1]

    def sign_on_a_phone(self, browser: Browser, link: str, *, name: str, javascript: bool) -> None:
        """Open an emailed link on a phone, read, tick and sign."""
        phone = phone_of(browser, javascript=javascript)
        page = phone.new_page()
        page.goto(link)
        page.get_by_label(re.compile("name", re.IGNORECASE)).fill(name)
        if not page.get_by_label(re.compile("Your role")).input_value():
            page.get_by_label(re.compile("Your role")).fill("Owner")
        page.get_by_label(re.compile("I have read the document")).check()
        page.get_by_role("button", name="Sign the agreement").click()
        page.get_by_role("heading", level=1, name=re.compile("[Ss]igned|Thank")).wait_for()
        phone.close()

    def signed_document(self, agreement: Agreement) -> IssuedDocument:
        """Wait until the document with both signatures has been made and return it."""

        def ready() -> bool:
            return agreement.documents.filter(kind="signed", state="ready").exists()

        self.until(ready, what="the signed document")
        return agreement.documents.get(kind="signed")

    def ask_for_feedback(self, organisation: Organisation) -> None:
        """Ask the people of one firm."""
        self.go(f"/feedback/ask/?partner={organisation.pk}")
        self.page.get_by_label("Title").fill("First weeks")
        choose_questions(self.page, "Firm after a placement")
        closes = dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=20)
        self.page.get_by_label("Open until").fill(closes.isoformat())
        self.page.get_by_role("button", name="Save and choose people").click()
        self.page.get_by_role("link", name="Open and send").click()
        self.page.get_by_role("button", name=re.compile("Send to 1 person")).click()

    def answer_on_a_phone(self, browser: Browser, link: str, *, javascript: bool) -> None:
        """Answer every question: the highest figure of each scale, then words."""
        phone = phone_of(browser, javascript=javascript)
        page = phone.new_page()
        page.goto(link)
        for question in page.locator("form fieldset").all():
            best = question.locator("label.pb-tile")
            (best.first if best.count() == len(["yes", "no"]) else best.last).click()
        page.get_by_role("button", name="Continue").click()
        page.get_by_label("What went well?").fill("On time every day, and curious.")
        page.get_by_role("button", name="Send my answers").click()
        page.get_by_role("heading", name=re.compile("Thank you")).wait_for()
        phone.close()


def choose_questions(page: Page, title: str) -> None:
    """Choose a questionnaire, beside whose title stands for whom it is."""
    options = page.get_by_label("Questionnaire").locator("option", has_text=title)
    page.get_by_label("Questionnaire").select_option(options.first.get_attribute("value"))


def phone_of(browser: Browser, *, javascript: bool) -> BrowserContext:
    return browser.new_context(viewport=PHONE, has_touch=True, java_script_enabled=javascript, locale="en-GB")


def link_in(message: EmailMessage) -> str:
    """Return the emailed link in a mail's plain text."""
    text = message.get_body(("plain",))
    found = LINK.search(text.get_content() if text else "")
    assert found, message
    return found.group()
