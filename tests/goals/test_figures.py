"""Figures noted by hand, and targets that change for a reason."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import School
from goals import services
from goals.enums import Direction, GoalStatus
from goals.models import ManualReading, TargetChange
from goals.progress import Light
from goals.services.goals import ReasonMissingError
from goals.services.measures import CountedByTandemError, NoChangeError, NoWayError, ReadingInFutureError
from goals.standing import standings
from roadmap.slots import Figure, MetricUnavailableError
from tests.accounts.factories import UserFactory
from tests.goals.factories import (
    ManualReadingFactory,
    MeasureFactory,
    PlanningCycleFactory,
    a_goal,
    a_running_goal,
)
from tests.roadmap.factories import MetricReadingFactory, people_metric

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def today() -> dt.date:
    return School.objects.get().today()


def standing_of(goal, **options):
    return standings([goal], School.objects.get(), today(), **options)[0].first


def a_live_goal(**measure):
    running = PlanningCycleFactory(running=True)
    agreed = {"goal__cycle": running, "goal__status": GoalStatus.ACTIVE, "goal__agreed_on": running.agreed_on}
    return MeasureFactory(live=True, **agreed, **measure).goal


def unavailable(_rows: object) -> Figure:
    raise MetricUnavailableError("the weights are not set")


def test_second_figure_of_a_day_corrects_the_first(coordinator):
    measure = a_running_goal().measures.get()

    first = services.note_reading(measure=measure, on=today(), value=Decimal(70), by=coordinator)
    second = services.note_reading(measure=measure, on=today(), value=Decimal(71), n=118, note="x", by=coordinator)

    assert (first.is_correction, second.is_correction) == (False, True)
    assert list(ManualReading.objects.values_list("value", "n", "note")) == [(71, 118, "x")]


def test_figure_of_tomorrow_is_refused(coordinator):
    with pytest.raises(ReadingInFutureError):
        services.note_reading(
            measure=a_running_goal().measures.get(), on=today() + DAY, value=Decimal(1), by=coordinator
        )


def test_figure_that_is_counted_is_not_noted(coordinator, people):
    with pytest.raises(CountedByTandemError):
        services.note_reading(measure=a_live_goal().measures.get(), on=today(), value=Decimal(1), by=coordinator)


@pytest.mark.parametrize("role", ["viewer", "director", "administrator"])
def test_figures_are_noted_by_coordinators(role, school):
    with pytest.raises(PermissionDenied):
        services.note_reading(
            measure=a_running_goal().measures.get(), on=today(), value=Decimal(1), by=UserFactory(role=role)
        )


def change(goal, by, target=120, due_on=None, reason="A second class"):
    measure = goal.measures.get()
    return services.change_target(
        measure=measure, target=Decimal(target), due_on=due_on or goal.due_on, reason=reason, by=by
    )


def test_changed_target_keeps_what_it_was_with_the_reason(coordinator):
    goal = a_running_goal()
    was_due = goal.due_on

    change(goal, coordinator, due_on=was_due + DAY)

    goal.refresh_from_db()
    kept = TargetChange.objects.get()
    assert (kept.was, kept.became, kept.reason, kept.by) == (100, 120, "A second class", coordinator)
    assert (kept.was_due_on, kept.became_due_on, goal.due_on) == (was_due, was_due + DAY, was_due + DAY)
    assert goal.measures.get().target == 120


@pytest.mark.parametrize(
    ("error", "fields"),
    [
        (ReasonMissingError, {"reason": " "}),
        (NoChangeError, {"target": 100}),
        (NoWayError, {"target": 0}),
        (NoWayError, {"target": -5}),
        (NoWayError, {"due_on": dt.date(2000, 1, 1)}),
    ],
)
def test_target_that_makes_no_sense_is_refused(error, fields, coordinator):
    goal = a_running_goal()

    with pytest.raises(error):
        change(goal, coordinator, **fields)

    assert not TargetChange.objects.exists()
    assert goal.measures.get().target == 100


@pytest.mark.parametrize("role", ["viewer", "administrator"])
def test_targets_are_changed_by_planners_and_the_director(role, school):
    with pytest.raises(PermissionDenied):
        change(a_running_goal(), UserFactory(role=role))


@pytest.mark.parametrize("status", [GoalStatus.DRAFT, GoalStatus.ACHIEVED])
def test_target_of_a_draft_or_closed_goal_is_not_changed_here(status, coordinator):
    agreed_on = None if status == GoalStatus.DRAFT else dt.date(2026, 1, 1)

    with pytest.raises(PermissionDenied):
        change(a_goal(status=status, agreed_on=agreed_on), coordinator)


def test_counted_figure_is_as_it_is_now(coordinator, people):
    standing = standing_of(a_live_goal(target=4))

    assert (standing.value, standing.latest.n, standing.basis) == (1, 1, "1 colleagues")


def test_metric_that_fails_says_which_and_why_and_the_others_stand(coordinator, contribute):
    contribute(people_metric(key="poor", compute=unavailable), people_metric())
    poor, good = a_live_goal(metric_key="poor"), a_running_goal()
    ManualReadingFactory(measure=good.measures.get(), value=100)

    found = standings([poor, good], School.objects.get(), today())

    assert (found[0].first.light, str(found[0].first.under)) == (Light.GREY, "the weights are not set")
    assert found[1].first.light == Light.GREEN


def test_metric_that_is_gone_says_so(coordinator, contribute):
    contribute()

    standing = standing_of(a_live_goal(metric_key="forgotten"))

    assert (standing.light, standing.under) == (Light.GREY, "Tandem does not count this figure any more.")


def test_closed_goal_stands_still(coordinator, people):
    goal = a_live_goal(target=4)

    services.close_goal(goal=goal, outcome=GoalStatus.MISSED, by=coordinator)
    UserFactory.create_batch(5)
    goal.refresh_from_db()

    standing = standing_of(goal)
    assert (standing.value, standing.pill[0], standing.projected) == (1, "3 short", None)


def test_history_is_the_readings_since_the_first_day_and_the_figure_of_now(coordinator, people):
    goal = a_live_goal(target=9)
    for days in (1, 2, 400):
        MetricReadingFactory(on=today() - days * DAY, value=days)
    MetricReadingFactory(on=today(), value=77)

    points = standing_of(goal, history=True).points

    assert [(point.on, point.value) for point in points] == [(today() - 2 * DAY, 2), (today() - DAY, 1), (today(), 1)]


@pytest.mark.parametrize(
    ("measure", "value", "label", "tone"),
    [
        ({"target": 120}, 61, "8 behind pace", "warn"),
        ({"target": 120}, 20, "49 behind pace", "bad"),
        ({"target": 20}, 14, "2 ahead", "ok"),
        ({"target": 120}, 69, "On pace", "ok"),
        ({"target": 120}, 120, "Met", "ok"),
        ({"baseline": 68, "target": 75, "unit": "percent"}, 71, "4 points short", "warn"),
        ({"baseline": 68, "target": 75, "unit": "percent"}, 74, "1 point short", "ok"),
        ({"baseline": 4, "target": "4.3", "unit": "score"}, "4.1", "0.2 short", "bad"),
        ({"baseline": "4.1", "target": "4.3", "unit": "score"}, "4.4", "Met", "ok"),
        ({"baseline": 30, "target": 10, "direction": Direction.DECREASE}, 25, "7 behind pace", "bad"),
        ({"baseline": 30, "target": 10, "direction": Direction.DECREASE}, 9, "Met", "ok"),
        ({"baseline": 50, "target": 50, "direction": Direction.MAINTAIN, "tolerance": 2}, 51, "Met", "ok"),
        ({"baseline": 50, "target": 50, "direction": Direction.MAINTAIN, "tolerance": 2}, 53, "Not met", "bad"),
        (
            {"baseline": 40, "target": 10, "unit": "percent", "direction": Direction.DECREASE},
            30,
            "20 points too high",
            "bad",
        ),
        ({"target": 2}, 1, "Behind pace", "warn"),
    ],
)
def test_goal_says_how_it_stands(measure, value, label, tone, school):
    goal = a_running_goal()
    type(goal.measures.get()).objects.update(**measure)
    ManualReadingFactory(measure=goal.measures.get(), value=value)

    found = standing_of(goal).pill

    assert (str(found[0]), found[1]) == (label, tone)


def test_goal_that_closed_a_little_short_is_not_shown_as_well(coordinator, school):
    goal = a_running_goal()
    goal.measures.update(target=100)
    ManualReadingFactory(measure=goal.measures.get(), value=98)
    services.close_goal(goal=goal, outcome=GoalStatus.PARTLY_ACHIEVED, by=coordinator)

    label, tone, icon = standing_of(goal).pill

    assert (str(label), tone, icon) == ("2 short", "warn", "minus")


def test_goal_without_a_figure_says_since_when(school):
    silent, stale = a_running_goal(), a_running_goal()
    ManualReadingFactory(measure=stale.measures.get(), on=today() - 50 * DAY)

    assert [standing_of(goal).pill[0] for goal in (silent, stale)] == ["No figure", "No figure for 50 days"]


@pytest.mark.parametrize(
    ("measure", "beside"),
    [
        ({"target": 120}, "of 120, 69 expected by now"),
        ({"baseline": 68, "target": 75, "unit": "percent"}, "goal 75%, start 68%"),
        ({"baseline": 9, "target": 9, "direction": Direction.MAINTAIN, "tolerance": 1}, "goal 9, give or take 1"),
        (
            {"baseline": 90, "target": 30, "unit": "days", "direction": Direction.DECREASE},
            "goal 30 days, 55 days expected by now",
        ),
        ({"baseline": 0, "target": 1500, "unit": "money"}, "of €1,500, €865 expected by now"),
    ],
)
def test_goal_says_what_is_expected(measure, beside, school):
    goal = a_running_goal()
    type(goal.measures.get()).objects.update(**measure)
    ManualReadingFactory(measure=goal.measures.get(), value=5)

    assert standing_of(goal).beside == beside


def test_projection_is_rounded_down_and_says_the_day(school):
    goal = a_running_goal(due_on=today() + 10 * DAY)
    for days, value in [(30, 10), (20, 13), (10, 17), (0, 20)]:
        ManualReadingFactory(measure=goal.measures.get(), on=today() - days * DAY, value=value)

    standing = standing_of(goal, history=True)

    assert standing.projected == 23
    assert standing.under.startswith("At this pace 23 by ")


def test_share_never_promises_more_than_all(school):
    goal = a_running_goal()
    type(goal.measures.get()).objects.update(unit="percent", target=95)
    for days, value in [(30, 60), (20, 70), (10, 80), (0, 90)]:
        ManualReadingFactory(measure=goal.measures.get(), on=today() - days * DAY, value=value)

    assert standing_of(goal, history=True).projected == 100
