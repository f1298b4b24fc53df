"""The figures of a goal: noted by hand, and targets that change for a reason."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import current_school
from goals.enums import Direction
from goals.models import Goal, ManualReading, Measure, TargetChange
from goals.rules import can_change, can_change_target
from goals.services.goals import ReasonMissingError, lock_goal
from ui.conflicts import next_version


class CountedByTandemError(Exception):
    """A figure that Tandem counts is not noted by hand."""


class ReadingInFutureError(Exception):
    """A figure of a day that has not come."""


class NoChangeError(Exception):
    """The target and its day are what they were."""


class NoWayError(Exception):
    """The target does not lie ahead of the start."""


@dataclass(frozen=True)
class Noted:
    """A reading, and whether it corrected one of the same day."""

    reading: ManualReading
    is_correction: bool


@transaction.atomic
def note_reading(
    *, measure: Measure, on: dt.date, value: Decimal, by: User, n: int | None = None, note: str = ""
) -> Noted:
    """Note a figure as of a day; a second one for the same day corrects the first.

    Raises CountedByTandemError and ReadingInFutureError.
    """
    goal = lock_goal(measure.goal)
    if not can_change(by, goal):
        raise PermissionDenied
    if measure.is_live:
        raise CountedByTandemError
    if on > current_school().today():
        raise ReadingInFutureError
    fields = {"value": value, "n": n, "note": note.strip(), "noted_at": timezone.now(), "noted_by": by}
    reading, made = ManualReading.objects.update_or_create(measure=measure, on=on, defaults=fields)
    return Noted(reading, is_correction=not made)


@transaction.atomic
def change_target(*, measure: Measure, target: Decimal, due_on: dt.date, reason: str, by: User) -> TargetChange:
    """Change what was agreed; what it was stays on record with the reason.

    Raises ReasonMissingError, NoChangeError and NoWayError.
    """
    goal = lock_goal(measure.goal)
    if not can_change_target(by, goal):
        raise PermissionDenied
    measure = Measure.objects.select_for_update().get(pk=measure.pk)
    if not reason.strip():
        raise ReasonMissingError
    if (target, due_on) == (measure.target, goal.due_on):
        raise NoChangeError
    if not lies_ahead(measure.direction, measure.baseline, target) or due_on <= goal.starts_on:
        raise NoWayError
    change = _keep(measure, goal, target, due_on, reason.strip(), by)
    measure.target, measure.target_on = target, due_on
    measure.save(update_fields=["target", "target_on"])
    goal.due_on = due_on
    goal.save(update_fields=["due_on", *next_version(goal, opened=goal.version, by=by)])
    return change


def _keep(measure: Measure, goal: Goal, target: Decimal, due_on: dt.date, reason: str, by: User) -> TargetChange:
    return TargetChange.objects.create(
        measure=measure,
        by=by,
        was=measure.target,
        became=target,
        was_due_on=goal.due_on,
        became_due_on=due_on,
        reason=reason,
    )


def lies_ahead(direction: str, baseline: Decimal, target: Decimal) -> bool:
    """Say whether there is a way from the start to the target in this direction."""
    if direction == Direction.MAINTAIN:
        return target == baseline
    return target > baseline if direction == Direction.INCREASE else target < baseline
