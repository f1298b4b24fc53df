"""From an empty school to eight stages with live figures, as the Roadmap itself leads: button by button."""

import re

import pytest
from playwright.sync_api import Browser, Page

from accounts.models import School, User
from agreements.tasks import sweep as sweep_documents
from evaluation.tasks import sweep as sweep_feedback
from goals.enums import CycleStatus
from goals.models import PlanningCycle
from jobs.tasks import sweep as sweep_jobs
from mailing.tasks import sweep as sweep_mails
from partnerships.models import Organisation
from tests.browser.conftest import SignIn
from tests.browser.main_way import FILE, FIRM, PERSON, MainWay, choose_questions, link_in
from tests.browser.traveller import Traveller, day
from tests.smtp import PostOffice

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def school(school: School, director: User) -> School:
    """The school as an administrator has set it up; one answer is enough to show a figure."""
    school.min_group_size_organisations = 1
    school.data_protection_lead = school.safeguarding_lead = director
    school.save()
    return school


@pytest.fixture
def office(smtp_server: PostOffice, settings) -> PostOffice:
    """Let this process hand its mail to the post office."""
    settings.MAIL_KEPT_HERE = False
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", smtp_server.port
    return smtp_server


def do_what_waits() -> None:
    for task in (sweep_jobs, sweep_documents, sweep_feedback, sweep_mails):
        task()


def test_whole_roadmap_as_it_leads(
    page: Page, browser: Browser, site: str, school: School, coordinator: User, director: User, sign_in: SignIn, office
):
    sign_in(page.context, coordinator)
    other = browser.new_context(locale="en-GB")
    sign_in(other, director)
    marta, helena = Traveller(page, site), Traveller(other.new_page(), site)
    way = MainWay(page, site, office, meanwhile=do_what_waits)
    assert marta.states() == ["Start here", *["Not started"] * 7]

    set_goals(marta, helena)
    assert marta.states()[:2] == ["In place", "Start here"]
    find_partners(marta, way)
    assert marta.states()[1:3] == ["Needs attention", "Not started"]
    write_value_sheet(marta)
    assert marta.states()[2:4] == ["Needs attention", "Not started"]
    make_the_first_call(marta)
    tailor_a_proposal(marta)
    plan_a_pilot(marta)
    begin_an_agreement(marta)
    ask_for_feedback(marta, way, browser)

    assert not {"Not started", "Start here"} & set(marta.states())
    assert marta.figures() == [
        ["1", "0", "1"],
        ["142", "0", "142"],
        ["1", "0", "1"],
        ["1", "–", "0"],
        ["1", "0", "–"],
        ["0", "0", "0"],
        ["0", "1", "0"],
        ["1", "5.0", "–"],
    ]
    other.close()


def set_goals(marta: Traveller, helena: Traveller) -> None:
    """Write the year and its first goal down; the director agrees; the year begins."""
    assert marta.follow(1) == "Name the year that you plan for."
    marta.complete(name="2026/27", starts_on=day(-60), ends_on=day(280))
    marta.press("Save the year")
    assert marta.follow(1) == "Find the goals of 2026/27 in half an hour."
    marta.press("Write goals yourself")
    marta.complete(title="Four agreements in force", metric_key="mou_active", target="4")
    marta.press("Save goal")
    assert helena.follow(1) == "Agree the goals of 2026/27."
    helena.press(re.compile("^Agree"))
    assert marta.follow(1) == "The goals of 2026/27 are agreed. Start the year."
    marta.press(re.compile("^Start"))
    assert PlanningCycle.objects.get().status == CycleStatus.RUNNING


def find_partners(marta: Traveller, way: MainWay) -> None:
    """Import the list of firms, then write down what one of them needs."""
    assert marta.follow(2) == "Import the firms you already know."
    marta.page.locator("input[type=file]").set_input_files(FILE)
    marta.press("Read the file")
    marta.page.get_by_role("heading", name="Test run: what would happen").wait_for()
    with marta.page.expect_navigation():
        marta.page.locator("button[name=act][value=import]").click()
    way.until(way.is_imported, what="the import")
    assert "Find out what" in marta.follow(2)
    marta.page.locator("main [name=q]").first.fill("elm glass")
    marta.page.keyboard.press("Enter")
    marta.press(FIRM)
    marta.press("Add a need")
    marta.complete(title="Two glaziers by autumn")
    marta.press("Add need")
    marta.page.get_by_text("Two glaziers by autumn").first.wait_for()


def write_value_sheet(marta: Traveller) -> None:
    """Name a programme and the firms it is for, and begin the sheet that convinces them."""
    assert marta.follow(3) == "Add your programmes first."
    marta.complete(title="Glazing", code="GLZ")
    marta.press("Save programme")
    assert marta.follow(3) == "Name the first kind of firm you want to convince."
    marta.complete(name="Glaziers", q="glass")
    marta.press("Save segment")
    assert marta.follow(3) == "Write the first value sheet."
    marta.complete(headline="Glaziers who know your workshop")
    marta.page.locator("main form [name=programme]").select_option(label="Glazing")
    marta.press(re.compile("^Save"))
    assert marta.follow(3) == "Finish the sheet for Glazing."


def make_the_first_call(marta: Traveller) -> None:
    assert marta.follow(4).startswith("Make the first call: ")
    firm = Organisation.objects.get(name=FIRM)
    marta.page.goto(f"{marta.site}{firm.get_absolute_url()}")
    form = marta.page.locator("form[action*='/call/']")
    form.get_by_label("What was said").fill("Wants two glaziers by autumn and would sign.")
    form.get_by_role("button", name="Save call").click()
    marta.page.locator(".td-tl").get_by_text("Wants two glaziers by autumn and").wait_for()


def tailor_a_proposal(marta: Traveller) -> None:
    assert marta.follow(5) == "Write the first proposal."
    marta.choose_partner(FIRM)
    marta.complete(title="Two glaziers by autumn")
    marta.press("Begin the proposal")
    assert marta.follow(5) == f"Finish the proposal for {FIRM} and send it."
    marta.page.get_by_role("heading", level=1, name=f"Proposal for {FIRM}").wait_for()


def plan_a_pilot(marta: Traveller) -> None:
    assert marta.follow(6) == "Plan the first pilot with a partner."
    marta.choose_partner(FIRM)
    plan = {
        "title": "A week in the glass workshop",
        "hypothesis_if": "two students help for a week",
        "hypothesis_then": "the team keeps its pace",
        "hypothesis_because": "they were taught on the same glass",
        "criteria-0-text": "Orders ready on the day",
        "criteria-0-target": "9",
    }
    marta.complete(**plan)
    marta.press(re.compile("^Save"))
    assert marta.follow(6) == f"Settle the days of the pilot with {FIRM}."


def begin_an_agreement(marta: Traveller) -> None:
    assert marta.follow(7) == "Put the first promise in writing."
    marta.choose_partner(FIRM)
    marta.press("Begin the draft")
    assert marta.follow(7) == f"Finish the MOU with {FIRM} and send it."
    assert marta.page.url.endswith("/edit/")


def ask_for_feedback(marta: Traveller, way: MainWay, browser: Browser) -> None:
    """Ask one person, who answers on a phone."""
    assert marta.follow(8) == "Ask the first firms for feedback."
    marta.complete(title="First weeks")
    choose_questions(marta.page, "Firm after a placement")
    marta.press("Save and choose people")
    assert marta.follow(8) == "Choose whom to ask in “First weeks”, and send it."
    marta.press("Add people")
    marta.page.get_by_role("checkbox", name=re.compile(FIRM)).check()
    marta.press("Add those ticked")
    marta.press("Open and send")
    marta.press(re.compile("Send to 1 person"))
    way.answer_on_a_phone(browser, link_in(way.mail_to(PERSON, "Three minutes")), javascript=True)
    assert "answers" in marta.follow(8)
