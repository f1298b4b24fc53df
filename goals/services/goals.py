"""A goal: written down, changed, agreed, put on hold, dropped, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from accounts.services import current_school
from goals.enums import OUTCOMES, CycleStatus, GoalStatus
from goals.models import Goal, Measure, PlanningCycle, Programme
from goals.readings import latest_of
from goals.rules import can_add_to, can_agree_goal, can_change, can_run
from roadmap.lifecycle import TransitionRefusedError, move
from ui.conflicts import next_version, rewrite

# What an agreement settles; changed afterwards only by `change_target`, with a reason.
SETTLED = frozenset({"starts_on", "due_on"})


class ReasonMissingError(Exception):
    """A goal is not dropped without a word."""


class NoOutcomeError(Exception):
    """A goal ends achieved, partly achieved or missed, in no other way."""


@transaction.atomic
def add_goal(
    *,
    cycle: PlanningCycle,
    by: User,
    fields: Mapping[str, Any],
    measure: Mapping[str, Any],
    programmes: Iterable[Programme] = (),
) -> Goal:
    """Write down a goal and how it is measured; the director agrees it with its year, or by itself later."""
    cycle = PlanningCycle.objects.select_for_update(of=("self",)).get(pk=cycle.pk)
    if not can_add_to(by, cycle):
        raise PermissionDenied
    goal = Goal.objects.create(cycle=cycle, created_by=by, updated_by=by, **fields)
    goal.programmes.set(programmes)
    Measure.objects.create(goal=goal, baseline_on=goal.starts_on, target_on=goal.due_on, **measure)
    return goal


@transaction.atomic
def change_goal(
    *,
    goal: Goal,
    opened: int,
    by: User,
    fields: Mapping[str, Any],
    measure: Mapping[str, Any] | None = None,
    programmes: Iterable[Programme] = (),
) -> Goal:
    """Change a goal; of one that was agreed only what the agreement leaves open. Raises StaleRecordError."""
    goal = lock_goal(goal)
    if not can_change(by, goal):
        raise PermissionDenied
    written = {name: value for name, value in fields.items() if not (goal.is_agreed and name in SETTLED)}
    goal.save(update_fields=rewrite(goal, written, opened=opened, by=by))
    goal.programmes.set(programmes)
    if measure and not goal.is_agreed:
        first = goal.measures.order_by("order", "id").values("pk")[:1]
        Measure.objects.filter(pk__in=first).update(**measure, baseline_on=goal.starts_on, target_on=goal.due_on)
    return goal


@transaction.atomic
def agree_goal(*, goal: Goal, by: User) -> Goal:
    """The director agrees a goal that came after its year was agreed; in a year that runs it begins at once."""
    goal = lock_goal(goal)
    if not can_agree_goal(by, goal):
        raise PermissionDenied
    move(goal, to=GoalStatus.AGREED)
    if goal.cycle.status == CycleStatus.RUNNING:
        move(goal, to=GoalStatus.ACTIVE)
    goal.agreed_on, goal.agreed_by = current_school().today(), by
    return _save(goal, by, "status", "agreed_on", "agreed_by")


@transaction.atomic
def hold_goal(*, goal: Goal, by: User) -> Goal:
    return _save(_moved(goal, by, GoalStatus.ON_HOLD), by, "status")


@transaction.atomic
def resume_goal(*, goal: Goal, by: User) -> Goal:
    return _save(_moved(goal, by, GoalStatus.ACTIVE, of={GoalStatus.ON_HOLD}), by, "status")


@transaction.atomic
def drop_goal(*, goal: Goal, reason: str, by: User) -> Goal:
    """Give a goal up; the reason is kept. Raises ReasonMissingError."""
    if not reason.strip():
        raise ReasonMissingError
    return _close(_moved(goal, by, GoalStatus.DROPPED), reason, by)


@transaction.atomic
def close_goal(*, goal: Goal, outcome: str, by: User, note: str = "") -> Goal:
    """Say what became of a goal: achieved, partly achieved or missed. Raises NoOutcomeError."""
    if outcome not in OUTCOMES:
        raise NoOutcomeError
    return _close(_moved(goal, by, outcome), note, by)


def lock_goal(goal: Goal) -> Goal:
    return Goal.objects.select_for_update(of=("self",)).select_related("cycle").get(pk=goal.pk)


def _moved(goal: Goal, by: User, to: str, of: Iterable[str] | None = None) -> Goal:
    """Lock and move; `of` narrows the states it may come from. Raises TransitionRefusedError."""
    goal = lock_goal(goal)
    if not can_run(by):
        raise PermissionDenied
    if of is not None and goal.status not in of:
        raise TransitionRefusedError(goal, to)
    move(goal, to=to)
    return goal


def _close(goal: Goal, note: str, by: User) -> Goal:
    school = current_school()
    goal.closed_on, goal.close_note = school.today(), note.strip()
    measures = list(goal.measures.all())
    latest = latest_of(measures, school.zone)
    for measure in measures:
        measure.final_value, measure.final_on = latest[measure.pk].value, goal.closed_on
        measure.save(update_fields=["final_value", "final_on"])
    return _save(goal, by, "status", "closed_on", "close_note")


def _save(goal: Goal, by: User, *fields: str) -> Goal:
    goal.save(update_fields=[*fields, *next_version(goal, opened=goal.version, by=by)])
    return goal
