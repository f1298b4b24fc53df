"""From the half-hour to a goal that moves by itself: found, agreed by the director, and one place nearer."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from accounts.models import School, User
from goals.models import Goal
from tests.browser.conftest import SignIn
from tests.browser.traveller import Traveller, day
from tests.goals.factories import PlanningCycleFactory, ProgrammeFactory
from tests.opportunities.factories import OpeningFactory, PlacementFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
STEPS = ["strengths", "figures", "asked", "goals", "agree", "summary"]


def test_goals_are_found_agreed_and_moved_by_a_placement_confirmed_elsewhere(
    page: Page, browser: Browser, site: str, school: School, coordinator: User, director: User, sign_in: SignIn
):
    programme = ProgrammeFactory(title="Glazing", places_needed=10)
    sign_in(page.context, coordinator)
    other = browser.new_context(locale="en-GB")
    sign_in(other, director)
    marta, helena = Traveller(page, site), Traveller(other.new_page(), site)

    assert marta.follow(1) == "Name the year that you plan for."
    marta.complete(name="2026/27", starts_on=day(-60), ends_on=day(280))
    marta.press("Save the year")
    find_goals(marta)
    assert helena.follow(1) == "Agree the goals of 2026/27."
    helena.press(re.compile("^Agree"))
    assert marta.follow(1) == "The goals of 2026/27 are agreed. Start the year."
    marta.press(re.compile("^Start"))
    goal = Goal.objects.get(title="10 places for glaziers")
    assert shown_on(marta, goal) == "0"
    confirm_a_placement(marta, programme)

    assert shown_on(marta, goal) == "1"
    other.close()


def find_goals(marta: Traveller) -> None:
    """Go through the steps of a school that has no records yet; stop once and go on."""
    marta.press("Begin with our strengths")
    marta.press("Stop for now")
    assert marta.follow(1) == "Go on to find the goals of 2026/27: last year’s figures."
    marta.press(re.compile("^Next"))
    marta.page.locator("main [name=text]").fill("Two days in a firm for each teacher")
    marta.press(re.compile("^Add$"))
    expect(marta.page.get_by_text("Two days in a firm for each teacher")).to_be_visible()
    marta.press(re.compile("^Next"))
    marta.page.locator("[name='goal-places_confirmed-title']").fill("10 places for glaziers")
    marta.press(re.compile("^Next"))
    expect(marta.page.get_by_text("a good number for a year")).to_be_visible()
    marta.press("Hand the goals to the director")
    expect(marta.page.get_by_text("wait for the director’s agreement")).to_be_visible()


def shown_on(marta: Traveller, goal: Goal) -> str:
    """Open the goals and return the figure on this one’s card."""
    marta.page.goto(f"{marta.site}/goals/")
    return marta.page.locator(f"article[aria-labelledby=goal-{goal.pk}] .td-big").inner_text()


def confirm_a_placement(marta: Traveller, programme: object) -> None:
    today = timezone.localdate()
    days = {"starts_on": today + dt.timedelta(days=10), "ends_on": today + dt.timedelta(days=40)}
    placement = PlacementFactory(opening=OpeningFactory(programme=programme, taken=1, **days))
    marta.page.goto(f"{marta.site}{placement.get_absolute_url()}")
    marta.press("Confirm")


def test_steps_work_without_scripts(browser: Browser, site: str, school: School, coordinator: User, sign_in: SignIn):
    cycle = PlanningCycleFactory(name="2040/41")
    context = browser.new_context(locale="en-GB", java_script_enabled=False)
    sign_in(context, coordinator)
    marta = Traveller(context.new_page(), site)

    marta.page.goto(f"{site}/goals/years/{cycle.pk}/assessment/")
    marta.press("Begin with our strengths")
    for _step in range(4):
        marta.press(re.compile("^Next"))
    marta.press("Hand the goals to the director")

    assert Goal.objects.filter(cycle=cycle).count() == 5
    context.close()


@pytest.mark.parametrize("step", STEPS)
def test_step_has_nothing_that_axe_finds_wrong(
    page: Page, site: str, coordinator: User, sign_in: SignIn, axe: Callable[[Page], list[str]], step: str
):
    sign_in(page.context, coordinator)
    cycle = PlanningCycleFactory()
    page.goto(f"{site}/goals/years/{cycle.pk}/assessment/")
    page.get_by_role("button", name="Begin with our strengths").click()
    page.wait_for_load_state()

    page.goto(f"{site}/goals/years/{cycle.pk}/assessment/{step}/")

    assert axe(page) == []
