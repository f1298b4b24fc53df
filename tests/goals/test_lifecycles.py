"""Where years and goals may go, who may move them, and what follows."""

import datetime as dt
import threading
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from goals import services
from goals.enums import CYCLE_TRANSITIONS, GOAL_TRANSITIONS, OUTCOMES, CycleStatus, GoalStatus
from goals.models import Goal, PlanningCycle
from goals.services.cycles import (
    CycleNotDraftError,
    CycleOverlapError,
    GoalsOpenError,
    NothingToAgreeError,
    OtherCycleRunsError,
)
from goals.services.goals import NoOutcomeError, ReasonMissingError
from roadmap.lifecycle import TransitionRefusedError
from tests.accounts.factories import UserFactory
from tests.goals.factories import (
    GoalFactory,
    ManualReadingFactory,
    PlanningCycleFactory,
    a_goal,
    a_running_goal,
)
from tests.roadmap.lifecycles import check_move, check_table, every_move

pytestmark = pytest.mark.django_db

ROLES = ["viewer", "coordinator", "director", "administrator"]
RUNNERS = {"coordinator", "director"}


@pytest.mark.parametrize(("before", "after"), every_move(CycleStatus))
def test_year_moves_as_its_table_says(before, after):
    check_move(lambda status: PlanningCycleFactory.build(status=status), CYCLE_TRANSITIONS, before, after)


@pytest.mark.parametrize(("before", "after"), every_move(GoalStatus))
def test_goal_moves_as_its_table_says(before, after):
    check_move(lambda status: Goal(status=status), GOAL_TRANSITIONS, before, after)


def test_every_state_can_be_reached():
    check_table(CYCLE_TRANSITIONS, CycleStatus, start=CycleStatus.DRAFT)
    check_table(GOAL_TRANSITIONS, GoalStatus, start=GoalStatus.DRAFT)


CYCLE_ACTS = {
    "agree": (services.agree_cycle, CycleStatus.DRAFT, CycleStatus.AGREED, {"director"}),
    "start": (services.start_cycle, CycleStatus.AGREED, CycleStatus.RUNNING, RUNNERS),
    "close": (services.close_cycle, CycleStatus.RUNNING, CycleStatus.CLOSED, RUNNERS),
}


def a_cycle(status: str) -> PlanningCycle:
    agreed_on = None if status == CycleStatus.DRAFT else dt.date(2026, 1, 1)
    cycle = PlanningCycleFactory(status=status, agreed_on=agreed_on)
    goal_status = GoalStatus.DRAFT if status == CycleStatus.DRAFT else GoalStatus.ACHIEVED
    a_goal(cycle=cycle, status=goal_status)
    return cycle


@pytest.mark.parametrize("status", CycleStatus.values)
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("act", CYCLE_ACTS)
def test_act_on_a_year_by_role_and_state(act, role, status, school):
    doing, before, after, allowed = CYCLE_ACTS[act]
    cycle = a_cycle(status)
    user = UserFactory(role=role)

    if role not in allowed:
        with pytest.raises(PermissionDenied):
            doing(cycle=cycle, by=user)
    elif status != before:
        with pytest.raises(TransitionRefusedError):
            doing(cycle=cycle, by=user)
    else:
        assert doing(cycle=cycle, by=user).status == after

    expected = after if role in allowed and status == before else status
    assert PlanningCycle.objects.get(pk=cycle.pk).status == expected


GOAL_ACTS = {
    "agree": (lambda goal, by: services.agree_goal(goal=goal, by=by), {"director"}),
    "hold": (lambda goal, by: services.hold_goal(goal=goal, by=by), RUNNERS),
    "resume": (lambda goal, by: services.resume_goal(goal=goal, by=by), RUNNERS),
    "drop": (lambda goal, by: services.drop_goal(goal=goal, reason="No teacher", by=by), RUNNERS),
    "close": (lambda goal, by: services.close_goal(goal=goal, outcome=GoalStatus.MISSED, by=by), RUNNERS),
}
GOAL_MOVES = {
    ("agree", "draft"): "active",
    ("hold", "active"): "on_hold",
    ("resume", "on_hold"): "active",
    ("drop", "draft"): "dropped",
    ("drop", "agreed"): "dropped",
    ("drop", "active"): "dropped",
    ("drop", "on_hold"): "dropped",
    ("close", "active"): "missed",
}


@pytest.mark.parametrize("status", GoalStatus.values)
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("act", GOAL_ACTS)
def test_act_on_a_goal_by_role_and_state(act, role, status, school):
    doing, allowed = GOAL_ACTS[act]
    goal = a_running_goal(status=status, close_note="Said" if status == GoalStatus.DROPPED else "")
    user = UserFactory(role=role)
    after = GOAL_MOVES.get((act, status)) if role in allowed else None

    if after:
        doing(goal, user)
    else:
        with pytest.raises((PermissionDenied, TransitionRefusedError)):
            doing(goal, user)

    assert Goal.objects.get(pk=goal.pk).status == (after or status)


def test_agreeing_a_year_agrees_its_goals(director, coordinator):
    cycle = PlanningCycleFactory()
    first, dropped = a_goal(cycle=cycle), a_goal(cycle=cycle, status=GoalStatus.DROPPED, close_note="No")

    agreed = services.agree_cycle(cycle=cycle, by=director)

    first.refresh_from_db()
    dropped.refresh_from_db()
    assert (agreed.agreed_by, agreed.agreed_on) == (director, first.agreed_on)
    assert (first.status, first.agreed_by, dropped.status) == (GoalStatus.AGREED, director, GoalStatus.DROPPED)


def test_year_without_a_goal_is_not_agreed(director):
    cycle = PlanningCycleFactory()

    with pytest.raises(NothingToAgreeError):
        services.agree_cycle(cycle=cycle, by=director)

    assert PlanningCycle.objects.get().status == CycleStatus.DRAFT


def test_starting_a_year_starts_its_goals(coordinator):
    goal = a_goal(cycle=PlanningCycleFactory(agreed=True), status=GoalStatus.AGREED)

    services.start_cycle(cycle=goal.cycle, by=coordinator)

    goal.refresh_from_db()
    assert (goal.cycle.status, goal.status) == (CycleStatus.RUNNING, GoalStatus.ACTIVE)


def test_second_year_does_not_start_while_one_runs(coordinator):
    running = PlanningCycleFactory(running=True)
    later = PlanningCycleFactory(agreed=True)

    with pytest.raises(OtherCycleRunsError) as refused:
        services.start_cycle(cycle=later, by=coordinator)

    assert refused.value.other == running
    assert PlanningCycle.objects.get(pk=later.pk).status == CycleStatus.AGREED


def test_year_with_an_open_goal_is_not_closed(coordinator):
    goal = a_running_goal()

    with pytest.raises(GoalsOpenError) as refused:
        services.close_cycle(cycle=goal.cycle, by=coordinator)

    assert refused.value.goals == 1


@pytest.mark.parametrize("outcome", ["dropped", "draft", "on_hold", "won", ""])
def test_goal_ends_only_as_goals_end(outcome, coordinator):
    goal = a_running_goal()

    with pytest.raises(NoOutcomeError):
        services.close_goal(goal=goal, outcome=outcome, by=coordinator)


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_closed_goal_keeps_its_figure(outcome, coordinator):
    goal = a_running_goal()
    ManualReadingFactory(measure=goal.measures.get(), value=61)

    services.close_goal(goal=goal, outcome=outcome, note=" Well done ", by=coordinator)

    goal.refresh_from_db()
    assert (goal.status, goal.close_note, goal.closed_on is not None) == (outcome, "Well done", True)
    assert goal.measures.get().final_value == 61


@pytest.mark.parametrize("reason", ["", "  "])
def test_goal_is_not_dropped_without_a_word(reason, coordinator):
    with pytest.raises(ReasonMissingError):
        services.drop_goal(goal=a_running_goal(), reason=reason, by=coordinator)


def test_goal_written_in_an_agreed_year_waits_for_its_own_agreement(director, coordinator):
    cycle = PlanningCycleFactory(agreed=True)
    goal = a_goal(cycle=cycle)

    with pytest.raises(PermissionDenied):
        services.agree_goal(goal=goal, by=coordinator)
    agreed = services.agree_goal(goal=goal, by=director)

    assert (agreed.status, agreed.agreed_by) == (GoalStatus.AGREED, director)


def test_goal_of_a_draft_year_is_agreed_with_its_year_only(director):
    with pytest.raises(PermissionDenied):
        services.agree_goal(goal=a_goal(), by=director)


SEPTEMBER, JULY = dt.date(2041, 9, 1), dt.date(2042, 7, 31)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (SEPTEMBER, JULY),
        (dt.date(2042, 7, 31), dt.date(2043, 7, 31)),
        (dt.date(2040, 9, 1), dt.date(2041, 9, 1)),
        (dt.date(2040, 1, 1), dt.date(2045, 1, 1)),
        (dt.date(2041, 12, 1), dt.date(2041, 12, 24)),
    ],
)
@pytest.mark.parametrize("status", [CycleStatus.AGREED, CycleStatus.RUNNING])
def test_year_that_shares_days_with_an_agreed_one_is_refused(first, last, status, coordinator, director):
    agreed = PlanningCycleFactory(status=status, agreed_on=SEPTEMBER, starts_on=SEPTEMBER, ends_on=JULY)
    earlier = a_goal(cycle=PlanningCycleFactory(starts_on=first, ends_on=last)).cycle

    with pytest.raises(CycleOverlapError) as added:
        services.add_cycle(name="Another", starts_on=first, ends_on=last, by=coordinator)
    with pytest.raises(CycleOverlapError) as changed:
        services.change_cycle(cycle=earlier, opened=1, by=coordinator, name="Other", starts_on=first, ends_on=last)
    with pytest.raises(CycleOverlapError):
        services.agree_cycle(cycle=earlier, by=director)

    assert added.value.other == changed.value.other == agreed
    assert PlanningCycle.objects.get(pk=earlier.pk).status == CycleStatus.DRAFT


@pytest.mark.parametrize("status", [CycleStatus.DRAFT, CycleStatus.CLOSED])
def test_drafts_and_closed_years_take_no_days(status, coordinator):
    PlanningCycleFactory(status=status, agreed_on=SEPTEMBER, starts_on=SEPTEMBER, ends_on=JULY)

    added = services.add_cycle(name="Another", starts_on=SEPTEMBER, ends_on=JULY, by=coordinator)

    assert added.status == CycleStatus.DRAFT


def test_year_begins_on_the_day_after_the_last_one(coordinator):
    PlanningCycleFactory(agreed=True, starts_on=SEPTEMBER, ends_on=JULY)
    august = JULY + dt.timedelta(days=1)

    services.add_cycle(name="Next", starts_on=august, ends_on=august + dt.timedelta(days=300), by=coordinator)

    assert PlanningCycle.objects.filter(name="Next").exists()


def test_agreed_year_is_not_changed(coordinator):
    cycle = PlanningCycleFactory(agreed=True)

    with pytest.raises(CycleNotDraftError):
        services.change_cycle(
            cycle=cycle, opened=1, by=coordinator, name="New", starts_on=cycle.starts_on, ends_on=cycle.ends_on
        )


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_overlapping_years_agreed_at_once_leave_one_agreed(director):
    cycles = [a_goal(cycle=PlanningCycleFactory(starts_on=SEPTEMBER, ends_on=JULY)).cycle for _ in range(2)]
    outcomes = []

    def agree(cycle):
        try:
            outcomes.append(services.agree_cycle(cycle=cycle, by=director).status)
        except CycleOverlapError:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=agree, args=[cycle]) for cycle in cycles]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["agreed", "refused"]
    assert PlanningCycle.objects.binding().count() == 1


def test_goal_is_added_to_no_closed_year(coordinator):
    cycle = PlanningCycleFactory(closed=True)

    with pytest.raises(PermissionDenied):
        services.add_goal(cycle=cycle, by=coordinator, fields={"title": "Late"}, measure={})

    assert not GoalFactory._meta.model.objects.exists()


def test_agreed_days_and_figure_stay_when_a_goal_is_changed(coordinator):
    goal = a_running_goal(due_on=dt.date(2050, 1, 1))

    services.change_goal(
        goal=goal,
        opened=1,
        by=coordinator,
        fields={"title": "Another name", "due_on": dt.date(2060, 1, 1)},
        measure={"target": Decimal(1)},
    )

    goal.refresh_from_db()
    assert (goal.title, goal.due_on, goal.measures.get().target) == ("Another name", dt.date(2050, 1, 1), 100)
