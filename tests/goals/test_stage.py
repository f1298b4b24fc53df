"""What stage 1 gives to Today, the Roadmap, the search and the demo."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts import demo as people_demo
from accounts.models import School
from goals import demo, scale
from goals.board import board_for
from goals.enums import CycleStatus, GoalStatus
from goals.models import Goal, ManualReading, Measure, PlanningCycle, Programme, TargetChange
from goals.pulse import goal_standings, pulse, waiting_for
from goals.stage import find_goals, find_programmes
from goals.tile import TILE
from roadmap.metrics import figure
from roadmap.models import MetricReading
from roadmap.slots import Figure, StageState, Whose
from tests.accounts.factories import UserFactory
from tests.goals.factories import (
    AssessmentFactory,
    GoalFactory,
    ManualReadingFactory,
    MeasureFactory,
    PlanningCycleFactory,
    ProgrammeFactory,
    a_goal,
    a_running_goal,
)
from tests.roadmap.factories import people_metric

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
ANCHOR = dt.date(2026, 3, 12)


def today() -> dt.date:
    return School.objects.get().today()


def with_figure(goal: Goal, value: float, days: int = 0) -> Goal:
    ManualReadingFactory(measure=goal.measures.get(), value=value, on=today() - days * DAY)
    return goal


def three_goals() -> tuple[Goal, Goal, Goal]:
    """One ahead, one late and one that nobody knows of."""
    return with_figure(a_running_goal(), 90), with_figure(a_running_goal(), 3), a_running_goal()


@pytest.fixture(autouse=True)
def _only_goals(contribute, school):
    contribute()


def test_figures_of_the_stage_count_the_goals_of_the_year_that_runs():
    three_goals()
    a_running_goal(status=GoalStatus.DROPPED, close_note="No")
    a_running_goal(status=GoalStatus.DRAFT, agreed_on=None)
    with_figure(a_running_goal(status=GoalStatus.ON_HOLD), 0)
    a_goal(cycle=PlanningCycleFactory(closed=True), status=GoalStatus.ACHIEVED)

    assert [figure(key).value for key in ("goals_set", "goals_on_track", "goals_behind")] == [5, 1, 1]


def test_closed_goals_count_by_what_became_of_them():
    for status in (GoalStatus.ACHIEVED, GoalStatus.PARTLY_ACHIEVED, GoalStatus.MISSED):
        a_running_goal(status=status)

    assert [figure(key).value for key in ("goals_set", "goals_on_track", "goals_behind")] == [3, 1, 2]


def test_without_a_year_that_runs_the_drafted_one_counts():
    a_goal()

    assert [figure(key).value for key in ("goals_set", "goals_on_track", "goals_behind")] == [1, 0, 0]


@pytest.mark.parametrize("key", ["goals_set", "goals_on_track", "goals_behind"])
def test_figure_opens_to_the_goals_it_counts(key, coordinator, client_for):
    three_goals()
    state = key.removeprefix("goals_")

    shown = client_for(coordinator).get(f"/goals/?state={state}")

    assert shown.context["page"].count == figure(key).n


def standing(user):
    return TILE.standing(user, School.objects.get(), {"goals_set": Figure(None, 0)})


def test_first_day_leads_to_the_year_then_to_its_goals(coordinator):
    empty = standing(coordinator)
    cycle = PlanningCycleFactory(name="2026/27")
    named = standing(coordinator)

    assert (empty.state, empty.next_step.url) == (StageState.NOT_STARTED, reverse("goals:cycle_add"))
    half_hour = reverse("goals:assessment", args=[cycle.pk])
    assert (named.state, named.next_step.url) == (StageState.NOT_STARTED, half_hour)
    assert named.next_step.sentence == "Find the goals of 2026/27 in half an hour."


def test_half_hour_that_was_left_is_gone_on_with(coordinator):
    assessment = AssessmentFactory(cycle__name="2026/27", reached=3)

    step = standing(coordinator).next_step

    assert step.url == reverse("goals:assessment_asked", args=[assessment.cycle_id])
    assert step.sentence == "Go on to find the goals of 2026/27: what was asked."


def test_year_that_runs_without_a_goal_leads_to_writing_one(coordinator):
    cycle = PlanningCycleFactory(running=True)

    step = standing(coordinator).next_step

    assert step.url == f"{reverse('goals:add')}?cycle={cycle.pk}"


def test_draft_waits_for_the_director_who_is_asked_to_agree(coordinator, director):
    a_goal()

    marta, helena = standing(coordinator), standing(director)

    assert marta.state == helena.state == StageState.WAITING
    assert (marta.next_step.label, helena.next_step.label) == ("Open the goals", "Read and agree")
    assert (marta.done, marta.total) == (0, 1)


def test_agreed_year_is_to_be_started(coordinator):
    a_goal(cycle=PlanningCycleFactory(agreed=True), status=GoalStatus.AGREED, agreed_on=today())

    found = standing(coordinator)

    assert (found.state, found.next_step.label, found.progress) == (
        StageState.ON_COURSE,
        "Start the year",
        "1 of 1 agreed",
    )


def test_goal_of_which_nobody_knows_needs_attention(coordinator):
    goal = three_goals()[2]

    found = standing(coordinator)

    assert (found.state, found.next_step.url) == (StageState.ATTENTION, reverse("goals:reading", args=[goal.pk]))


def test_figure_that_cannot_be_counted_needs_attention(coordinator):
    goal = MeasureFactory(live=True, goal__active=True, metric_key="forgotten").goal

    found = standing(coordinator)

    assert (found.state, found.next_step.url) == (StageState.ATTENTION, goal.get_absolute_url())
    assert found.next_step.detail == "Tandem does not count this figure any more."


def test_year_in_place_leads_to_the_goal_furthest_behind(coordinator):
    with_figure(a_running_goal(), 50)
    worst = with_figure(a_running_goal(), 3)

    found = standing(coordinator)

    assert (found.state, found.next_step.url) == (StageState.IN_PLACE, worst.get_absolute_url())


def test_year_in_place_without_a_late_goal_leads_to_the_board(coordinator):
    with_figure(a_running_goal(), 99)

    found = standing(coordinator)

    assert (found.state, found.next_step.label) == (StageState.IN_PLACE, "Open the goals")


def test_goal_that_came_later_is_to_be_agreed(coordinator):
    with_figure(a_running_goal(), 99)
    late = with_figure(a_running_goal(status=GoalStatus.DRAFT, agreed_on=None), 0)

    found = standing(coordinator)

    assert (found.state, found.next_step.url) == (StageState.ON_COURSE, late.get_absolute_url())


def test_year_that_ends_soon_asks_for_the_next(coordinator):
    cycle = PlanningCycleFactory(running=True, ends_on=today() + 20 * DAY)
    with_figure(a_running_goal(cycle=cycle), 99)

    before = standing(coordinator).next_step.url
    PlanningCycleFactory(starts_on=today() + 30 * DAY)

    assert (before, standing(coordinator).next_step.label) == (reverse("goals:cycle_add"), "Open the goals")


def test_year_that_is_over_is_to_be_closed(coordinator):
    cycle = PlanningCycleFactory(running=True, ends_on=today() - DAY)
    with_figure(a_running_goal(cycle=cycle), 99)

    found = standing(coordinator)

    assert (found.state, found.next_step.sentence) == (
        StageState.ATTENTION,
        f"{cycle.name} is over. Say what became of its goals.",
    )


WAYS = {
    "nothing": lambda: None,
    "a year": PlanningCycleFactory,
    "a draft": a_goal,
    "an agreed year": lambda: a_goal(
        cycle=PlanningCycleFactory(agreed=True), status=GoalStatus.AGREED, agreed_on=today()
    ),
    "an unknown figure": a_running_goal,
    "all well": lambda: with_figure(a_running_goal(), 99),
    "one behind": lambda: with_figure(a_running_goal(), 3),
    "a late goal": lambda: (
        with_figure(a_running_goal(), 99) and with_figure(a_running_goal(status=GoalStatus.DRAFT, agreed_on=None), 0)
    ),
    "the end": lambda: with_figure(a_running_goal(cycle=PlanningCycleFactory(running=True, ends_on=today() - DAY)), 9),
}


@pytest.mark.parametrize("role", ["viewer", "coordinator", "director", "administrator"])
@pytest.mark.parametrize("way", WAYS)
def test_next_step_leads_nobody_to_a_page_that_turns_them_away(way, role, client_for):
    WAYS[way]()
    user = UserFactory(role=role)

    step = standing(user).next_step

    answer = client_for(user).get(step.url)
    assert answer.status_code == 200 or not step.open_to(user)


def test_goals_stand_furthest_behind_first_on_the_roadmap(contribute):
    contribute(people_metric(stage=4))
    ahead, late, _unknown = three_goals()
    live = MeasureFactory(live=True, goal=GoalFactory(cycle=ahead.cycle, status=GoalStatus.ACTIVE, agreed_on=today()))

    found = goal_standings(School.objects.get())

    assert [each.title for each in found] == [live.goal.title, late.title, ahead.title]
    assert [each.stage for each in found] == [4, None, None]
    assert found[1].detail == "3 of 100"


def test_top_of_today_shows_the_first_four_goals(coordinator):
    goals = [with_figure(a_running_goal(priority=priority), 50) for priority in (3, 2, 2, 1, 1)]

    shown = pulse(coordinator, School.objects.get(), Whose.MINE)

    assert [card.standing.goal for card in shown["cards"]] == [goals[3], goals[4], goals[1], goals[2]]


def test_top_of_today_is_left_to_others_while_no_year_runs(coordinator):
    a_goal()

    assert pulse(coordinator, School.objects.get(), Whose.MINE) is None


def test_year_and_late_goal_wait_for_the_director(coordinator, director):
    year = a_goal().cycle
    late = a_running_goal(status=GoalStatus.DRAFT, agreed_on=None, title="Late one")

    items = waiting_for(director, School.objects.get(), 8)

    assert [item.title for item in items] == [f"Agree the goals of {year.name}", "Agree a new goal: Late one"]
    assert [item.url for item in items] == [year.get_absolute_url(), late.get_absolute_url()]
    assert waiting_for(coordinator, School.objects.get(), 8) == []


@pytest.mark.parametrize(("days", "waits"), [(None, True), (46, True), (45, False), (0, False)])
def test_figure_waits_for_the_owner_once_it_is_old(days, waits, coordinator, director):
    goal = a_running_goal(owner=coordinator)
    if days is not None:
        with_figure(goal, 4, days)

    items = waiting_for(coordinator, School.objects.get(), 8)

    assert [item.url for item in items] == ([reverse("goals:reading", args=[goal.pk])] if waits else [])
    assert waiting_for(director, School.objects.get(), 8) == []


def test_goals_and_programmes_are_found(coordinator):
    goal = a_running_goal(title="120 placement places")
    programme = ProgrammeFactory(title="Élan mécanique")

    assert [hit.url for hit in find_goals(coordinator, ["placement"], 5)] == [goal.get_absolute_url()]
    assert [hit.url for hit in find_programmes(coordinator, ["elan"], 5)] == [programme.get_absolute_url()]


@pytest.fixture
def demo_school(school):
    School.objects.all().delete()
    people_demo.load(ANCHOR)
    demo.load(ANCHOR)
    return School.objects.get()


def test_demo_is_the_year_of_the_college(demo_school):
    running = PlanningCycle.objects.running().get()

    assert (running.name, running.starts_on, running.ends_on) == ("2025/26", dt.date(2025, 9, 1), dt.date(2026, 7, 31))
    assert (running.agreed_by.name, running.agreed_on) == ("Helena Voss", dt.date(2025, 9, 4))
    assert [goal.title for goal in running.goals.in_order()] == [
        "120 placement places",
        "20 MOUs in force",
        "75% of leavers in work after 6 months",
        "Partners rate us 4.3 or better",
    ]
    assert PlanningCycle.objects.filter(status=CycleStatus.CLOSED).count() == 1


def test_demo_has_eight_programmes_that_need_the_places_of_the_goal(demo_school):
    places = list(Programme.objects.values_list("places_needed", flat=True))

    assert (len(places), sum(places)) == (8, Measure.objects.get(goal__title="120 placement places").target)
    assert not Programme.objects.filter(head=None).exists()
    for programme in Programme.objects.all():
        programme.full_clean()


def test_demo_keeps_a_history_and_why_the_target_changed(demo_school):
    change = TargetChange.objects.get()
    places = MetricReading.objects.filter(metric="places_confirmed").order_by("on")

    assert (change.was, change.became, change.at.date()) == (110, 120, dt.date(2025, 11, 21))
    assert (places.count(), places.first().value, places.last().value) == (192, 0, 60)
    assert list(ManualReading.objects.order_by("on").values_list("value", flat=True)) == [68, 70, 71, 71]


def test_demo_loaded_twice_is_the_same(demo_school):
    before = [model.objects.count() for model in (Programme, Goal, Measure, MetricReading)]

    demo.load(ANCHOR)

    assert [model.objects.count() for model in (Programme, Goal, Measure, MetricReading)] == before


@pytest.mark.parametrize("day", [dt.date(2026, 8, 14), dt.date(2026, 1, 1), dt.date(2028, 2, 29)])
def test_demo_of_any_day_has_a_year_that_runs(day, school):
    demo.load(day)

    running = PlanningCycle.objects.running().get()
    assert running.starts_on < day < running.ends_on
    assert PlanningCycle.objects.overlapping(running.starts_on, running.ends_on).count() == 1


def test_scale_is_in_proportion_and_made_once(school, coordinator):
    scale.make(10_000)
    scale.make(10_000)

    assert Programme.objects.count() == 40
    assert (PlanningCycle.objects.count(), Goal.objects.count()) == (11, 77)
    assert board_for(coordinator, school).count == 7
