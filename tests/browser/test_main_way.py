"""From a list of firms to a signed MOU and an answered feedback form, on PostgreSQL, Redis, SMTP and a real worker."""

import datetime as dt
import hashlib
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page

from accounts.models import School, User
from agreements.tasks import sweep as sweep_documents
from evaluation.models import Response
from evaluation.tasks import sweep as sweep_feedback
from jobs.tasks import sweep as sweep_jobs
from mailing.tasks import sweep as sweep_mails
from outreach.tasks import send_reminders
from partnerships.enums import Status
from partnerships.models import Organisation
from roadmap.services import take_readings
from tests.browser.main_way import PERSON, MainWay, link_in
from tests.smtp import PostOffice

pytestmark = [
    pytest.mark.browser,
    pytest.mark.pango,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

PASSWORD = "a long pass phrase"
REMINDER = "Ask whether the board agreed"


@pytest.fixture
def school(school: School, director: User) -> School:
    """The school as an administrator has set it up; one answer is enough to show a figure."""
    school.address = "2 Weir Road, Lindenvale"
    school.min_group_size_organisations = 1
    school.data_protection_lead = school.safeguarding_lead = director
    school.save()
    return school


@pytest.mark.slow
@pytest.mark.redis
@pytest.mark.qpdf
def test_main_way_with_a_worker(
    page: Page,
    browser: Browser,
    site: str,
    school: School,
    coordinator: User,
    director: User,
    smtp_server: PostOffice,
    start_celery,
    tmp_path: Path,
):
    start_celery(
        "worker", "--pool=threads", "--concurrency=2", "--queues=default,mail,documents", EMAIL_URL=smtp_server.url
    )
    start_celery("beat", "--schedule", str(tmp_path / "beat"))
    way = MainWay(page, site, smtp_server, meanwhile=lambda: None)
    remind_at = timezone.localtime(timezone.now() + dt.timedelta(minutes=2), school.zone)

    _walk(way, browser, coordinator, director, remind_at=remind_at, javascript=True)
    reminder = way.mail_to(coordinator.email, REMINDER)

    signed = Organisation.objects.get(contacts__email=PERSON).agreements.get().documents.get(kind="signed")
    file = tmp_path / "signed.pdf"
    with signed.file.open() as stored:
        file.write_bytes(stored.read())
    assert subprocess.run(["qpdf", "--check", file], capture_output=True, check=False).returncode == 0
    assert hashlib.sha256(file.read_bytes()).hexdigest() == signed.sha256
    assert len([message for message in smtp_server.messages if message["Subject"] == reminder["Subject"]]) == 1
    assert max(smtp_server.ledger.values()) == 1


@pytest.fixture
def plain_page(browser: Browser, site: str) -> Iterator[Page]:
    """A browser whose JavaScript is off."""
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    yield context.new_page()
    context.close()


def test_main_way_without_javascript(
    plain_page: Page,
    browser: Browser,
    site: str,
    school: School,
    coordinator: User,
    director: User,
    smtp_server: PostOffice,
    mail_to_office: Callable[[PostOffice], None],
    time_machine,
):
    mail_to_office(smtp_server)
    way = MainWay(plain_page, site, smtp_server, meanwhile=_do_what_waits)
    remind_at = timezone.localtime(timezone.now() + dt.timedelta(minutes=20), school.zone)

    _walk(way, browser, coordinator, director, remind_at=remind_at, javascript=False)
    assert not [mail for mail in smtp_server.to(coordinator.email) if REMINDER in mail["Subject"]]
    time_machine.move_to(remind_at)
    way.mail_to(coordinator.email, REMINDER)


@pytest.fixture
def mail_to_office(settings) -> Callable[[PostOffice], None]:
    """Let this process hand its mail to the post office."""

    def use(office: PostOffice) -> None:
        settings.MAIL_KEPT_HERE = False
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port

    return use


def _do_what_waits() -> None:
    """Do what beat does, once."""
    for task in (sweep_jobs, send_reminders, sweep_documents, sweep_feedback, sweep_mails):
        task()


def _walk(
    way: MainWay, browser: Browser, coordinator: User, director: User, *, remind_at: dt.datetime, javascript: bool
) -> None:
    way.sign_in(coordinator.email, PASSWORD)
    way.import_partners()
    assert Organisation.objects.count() >= 100

    firm = way.find_firm()
    way.log_call(remind_at=remind_at)
    assert Organisation.objects.get(pk=firm.pk).status == Status.CONTACTED

    agreement = way.draft_agreement(firm)
    assert way.open_draft_pdf(agreement).startswith(b"%PDF-")
    way.send_for_signature(agreement)
    for person in agreement.signatories.order_by("order"):
        invitation = way.mail_to(person.email, "asks you to sign")
        way.sign_on_a_phone(browser, link_in(invitation), name=person.name, javascript=javascript)
    assert way.signed_document(agreement).sha256
    assert Organisation.objects.get(pk=firm.pk).status == Status.PARTNER

    way.ask_for_feedback(firm)
    way.answer_on_a_phone(browser, link_in(way.mail_to(PERSON, "Three minutes")), javascript=javascript)
    assert Response.objects.get().overall == 5

    take_readings(now=timezone.now())
    way.go("/")
    assert way.page.get_by_text("Partner satisfaction").count() == 1
    way.find_firm()
    assert way.page.get_by_role("heading", name="Feedback").count() == 1
    assert way.page.get_by_text("Glazing placements 2026 to 2028").count() >= 1
