"""What a new year takes over from the one before."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from goals.enums import CycleStatus, Direction, GoalStatus, Unit
from goals.models import Goal, Measure
from goals.services import close_goal, take_over_goals
from goals.services.cycles import CycleNotDraftError
from goals.services.rollover import most_of, next_way
from tests.accounts.factories import UserFactory
from tests.goals.factories import (
    ManualReadingFactory,
    PlanningCycleFactory,
    ProgrammeFactory,
    a_running_goal,
)

pytestmark = pytest.mark.django_db

INCREASE, DECREASE, MAINTAIN = Direction.INCREASE, Direction.DECREASE, Direction.MAINTAIN


@pytest.fixture
def marta(school):
    return UserFactory(role="coordinator")


@pytest.mark.parametrize(
    ("unit", "direction", "baseline", "target", "value", "expected"),
    [
        # The target is still ahead: only the start moves.
        (Unit.COUNT, INCREASE, 20, 60, 41, (INCREASE, 41, 60)),
        (Unit.DAYS, DECREASE, 30, 10, 24, (DECREASE, 24, 10)),
        (Unit.COUNT, INCREASE, 20, 60, 12, (INCREASE, 12, 60)),
        # It was passed: as much again.
        (Unit.COUNT, INCREASE, 20, 60, 60, (INCREASE, 60, 100)),
        (Unit.DAYS, DECREASE, 30, 20, 18, (DECREASE, 18, 8)),
        # No further than all of them, or none.
        (Unit.PERCENT, INCREASE, 70, 90, 95, (INCREASE, 95, 100)),
        (Unit.PERCENT, INCREASE, 70, 90, 100, (MAINTAIN, 100, 100)),
        (Unit.SCORE, INCREASE, 3, 4, 4.5, (INCREASE, 4.5, 5)),
        (Unit.COUNT, DECREASE, 9, 0, 0, (MAINTAIN, 0, 0)),
        (Unit.MONEY, DECREASE, 0, -5, -6, (DECREASE, -6, -11)),
        # A level is kept whatever became of it, and nothing is known without a figure.
        (Unit.PERCENT, MAINTAIN, 90, 90, 80, (MAINTAIN, 90, 90)),
        (Unit.COUNT, INCREASE, 20, 60, None, (INCREASE, 20, 60)),
    ],
)
def test_next_way_starts_from_the_last_figure(unit, direction, baseline, target, value, expected):
    measure = Measure(unit=unit, direction=direction, baseline=Decimal(baseline), target=Decimal(target))
    measure.metric_key = "partner_satisfaction" if unit == Unit.SCORE else ""

    way = next_way(measure, None if value is None else Decimal(value), most=most_of(measure))

    assert way == expected


def test_take_over_copies_a_goal_with_its_last_figure_as_start(marta):
    programme = ProgrammeFactory()
    old = a_running_goal(title="Places", why="Classes grow", priority=1, owner=marta)
    old.programmes.set([programme])
    reading = ManualReadingFactory(measure=old.measures.get(), value=Decimal(41))
    year = PlanningCycleFactory()

    [new] = take_over_goals(cycle=year, goals=[old], by=marta)

    assert (new.title, new.why, new.priority, new.owner) == ("Places", "Classes grow", 1, marta)
    assert (new.status, new.agreed_on, new.continues) == (GoalStatus.DRAFT, None, old)
    assert (new.starts_on, new.due_on) == (year.starts_on, year.ends_on)
    assert list(new.programmes.all()) == [programme]
    measure = new.measures.get()
    assert (measure.baseline, measure.baseline_on, measure.target) == (41, reading.on, 100)
    assert measure.target_on == year.ends_on
    old.refresh_from_db()
    assert old.status == GoalStatus.ACTIVE


def test_take_over_a_second_time_changes_nothing(marta):
    old, year = a_running_goal(), PlanningCycleFactory()
    take_over_goals(cycle=year, goals=[old], by=marta)

    again = take_over_goals(cycle=year, goals=[old], by=marta)

    assert again == []
    assert Goal.objects.filter(cycle=year).count() == 1


def test_take_over_of_a_closed_goal_starts_from_what_it_came_to(marta):
    old, year = a_running_goal(), PlanningCycleFactory()
    ManualReadingFactory(measure=old.measures.get(), value=Decimal(70))
    close_goal(goal=old, outcome=GoalStatus.MISSED, by=marta)

    [new] = take_over_goals(cycle=year, goals=[old], by=marta)

    assert new.measures.get().baseline == 70


@pytest.mark.parametrize("status", [GoalStatus.ACHIEVED, GoalStatus.DROPPED])
def test_take_over_leaves_out_what_was_reached_or_dropped(status, marta):
    old = a_running_goal(status=status, close_note="Enough")

    taken = take_over_goals(cycle=PlanningCycleFactory(), goals=[old], by=marta)

    assert taken == []


def test_take_over_leaves_out_goals_of_a_later_year(marta):
    early = PlanningCycleFactory(starts_on=dt.date(2001, 9, 1))

    assert take_over_goals(cycle=early, goals=[a_running_goal()], by=marta) == []


@pytest.mark.parametrize("role", ["viewer", "director", "administrator"])
def test_take_over_is_for_those_who_plan(role, school):
    old, year = a_running_goal(), PlanningCycleFactory()

    with pytest.raises(PermissionDenied):
        take_over_goals(cycle=year, goals=[old], by=UserFactory(role=role))

    assert not Goal.objects.filter(cycle=year).exists()


def test_take_over_into_an_agreed_year_is_refused(marta):
    old, year = a_running_goal(), PlanningCycleFactory(agreed=True)

    with pytest.raises(CycleNotDraftError):
        take_over_goals(cycle=year, goals=[old], by=marta)


def test_page_takes_over_what_was_ticked(marta, client_for):
    old, other, year = a_running_goal(title="Places"), a_running_goal(title="Mentors"), PlanningCycleFactory()
    client, url = client_for(marta), reverse("goals:cycle_take_over", args=[year.pk])

    before = client.get(url).content.decode()
    client.post(url, {"goal": [old.pk, "999999", "x"]})
    after = client.get(url).content.decode()

    assert ("Places" in before, "Mentors" in before, "Taken over already" in before) == (True, True, False)
    assert list(Goal.objects.filter(cycle=year).values_list("continues", flat=True)) == [old.pk]
    assert after.count("Taken over already") == 1
    assert f'value="{other.pk}"' in after


def test_page_of_an_agreed_year_leads_back(marta, client_for):
    year = PlanningCycleFactory(status=CycleStatus.AGREED, agreed_on=dt.date(2026, 1, 1))

    answer = client_for(marta).get(reverse("goals:cycle_take_over", args=[year.pk]))

    assert (answer.status_code, answer.url) == (302, year.get_absolute_url())


def test_page_without_an_earlier_goal_says_so(marta, client_for):
    answer = client_for(marta).get(reverse("goals:cycle_take_over", args=[PlanningCycleFactory().pk]))

    assert "No goal of an earlier year is open" in answer.content.decode()


def test_page_asks_as_much_for_many_goals_as_for_one(marta, client_for):
    client, year = client_for(marta), PlanningCycleFactory()
    url = reverse("goals:cycle_take_over", args=[year.pk])
    a_running_goal()
    client.get(url)

    with CaptureQueriesContext(connection) as for_one:
        client.get(url)
    for _more in range(9):
        a_running_goal()
    with CaptureQueriesContext(connection) as for_ten:
        client.get(url)

    assert len(for_ten) == len(for_one)
