"""Follow-ups ticked off, put off and talked about: with script, by keys, and without either."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from outreach.models import FollowUp, Interaction
from partnerships.models import Organisation
from tests.outreach.factories import FollowUpFactory
from tests.partnerships.factories import ContactFactory, OrganisationFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def firm(school) -> Organisation:
    firm = OrganisationFactory(name="Kestrel Precision Ltd")
    ContactFactory(organisation=firm, name="Rosa Lindqvist", main=True)
    return firm


@pytest.fixture
def planned(firm: Organisation, coordinator: User) -> list[FollowUp]:
    """One overdue, two for today."""
    today = timezone.localdate(timezone=timezone.get_default_timezone())
    days = {"Ask for feedback": -2, "Send round 2": 0, "First call": 0}
    return [
        FollowUpFactory(owner=coordinator, organisation=firm, title=title, due_on=today + dt.timedelta(days=days_))
        for title, days_ in days.items()
    ]


def tick(page: Page, title: str) -> None:
    page.get_by_role("button", name=f"Mark done: {title}").click()


def test_ticking_off_swaps_the_card_its_counts_and_the_toast(page, site, sign_in, coordinator, planned):
    sign_in(page.context, coordinator)
    page.goto(f"{site}/")
    page.evaluate("window.still = true")

    tick(page, "Ask for feedback")

    expect(page.get_by_role("status").filter(has_text="Done: “Ask for feedback”.")).to_be_visible()
    expect(page.locator("#today-summary")).not_to_contain_text("overdue")
    expect(page.locator("#sidebar a[aria-current]")).to_contain_text("2")
    expect(page.get_by_role("button", name="Mark done: Send round 2")).to_be_focused()
    assert page.evaluate("window.still") is True
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Mark done: Ask for feedback")).to_be_visible()
    assert FollowUp.objects.planned().count() == 3


def test_keys_walk_the_rows_tick_them_off_and_open_the_snooze_menu(page, site, sign_in, coordinator, planned):
    sign_in(page.context, coordinator)
    page.goto(f"{site}/outreach/")

    page.keyboard.press("j")
    page.keyboard.press("d")
    expect(page.get_by_role("button", name="Mark done: Send round 2")).to_be_focused()
    expect(page.locator(".td-task")).to_have_count(2)
    page.keyboard.press("s")
    expect(page.get_by_role("button", name="Tomorrow", exact=False)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Tomorrow", exact=False)).to_be_hidden()


def test_follow_up_becomes_a_call_without_script(browser: Browser, site, sign_in, coordinator, planned):
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    sign_in(context, coordinator)
    page = context.new_page()
    page.goto(f"{site}/")

    page.locator(".td-task", has_text="First call").get_by_role("link", name="Log call").click()
    page.get_by_role("button", name="Save call").click()
    expect(page.get_by_text("Say in a line what was said.")).to_be_visible()
    page.get_by_role("textbox", name="What was said").fill("Takes one trainee from May.")
    page.get_by_role("button", name="Save call").click()

    expect(page).to_have_url(f"{site}/")
    expect(page.get_by_text("Call with Kestrel Precision Ltd saved.")).to_be_visible()
    assert Interaction.objects.get().summary == "Takes one trainee from May."
    assert sorted(FollowUp.objects.planned().values_list("title", flat=True)) == [
        "Ask for feedback",
        "Get back to Rosa Lindqvist",
        "Send round 2",
    ]
    context.close()


def test_what_is_typed_into_another_tab_is_kept_as_a_draft(page, site, sign_in, coordinator, firm):
    sign_in(page.context, coordinator)
    page.clock.install()
    page.goto(f"{site}{firm.get_absolute_url()}")
    page.locator("#log").get_by_role("link", name="Note").click()
    note = page.locator("#log").get_by_role("textbox", name="Note")
    note.fill("Moved to the old dairy")

    page.clock.run_for(11_000)

    expect(page.locator("#log [data-saved]")).to_contain_text("Draft saved")
    page.goto(f"{site}{firm.get_absolute_url()}?log=note")
    expect(note).to_have_value("Moved to the old dairy")
