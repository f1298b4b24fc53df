"""A year of goals: written down, agreed, begun and closed."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from accounts.services import current_school
from goals.enums import CycleStatus, GoalStatus
from goals.models import Goal, PlanningCycle
from goals.rules import can_agree, can_plan, can_run
from roadmap.lifecycle import move
from ui.conflicts import next_version


class CycleOverlapError(Exception):
    """Another cycle that is agreed or runs has some of these days."""

    def __init__(self, other: PlanningCycle) -> None:
        super().__init__(f"shares days with {other.name}")
        self.other = other


class CycleNotDraftError(Exception):
    """What was agreed is no longer changed."""


class NothingToAgreeError(Exception):
    """A year without a goal cannot be agreed."""


class OtherCycleRunsError(Exception):
    """Only one year runs at a time."""

    def __init__(self, other: PlanningCycle) -> None:
        super().__init__(f"{other.name} runs")
        self.other = other


class GoalsOpenError(Exception):
    """Nobody has said what became of some goals."""

    def __init__(self, goals: int) -> None:
        super().__init__(f"{goals} goals are open")
        self.goals = goals


@transaction.atomic
def add_cycle(*, name: str, starts_on: dt.date, ends_on: dt.date, by: User, narrative: str = "") -> PlanningCycle:
    """Write down a year to plan for. Raises CycleOverlapError."""
    if not can_plan(by):
        raise PermissionDenied
    _lock_all()
    _need_free_days(starts_on, ends_on)
    return PlanningCycle.objects.create(
        name=name, starts_on=starts_on, ends_on=ends_on, narrative=narrative, created_by=by, updated_by=by
    )


@transaction.atomic
def change_cycle(
    *, cycle: PlanningCycle, opened: int, by: User, name: str, starts_on: dt.date, ends_on: dt.date, narrative: str = ""
) -> PlanningCycle:
    """Change a draft. Raises CycleNotDraftError, CycleOverlapError, StaleRecordError."""
    if not can_plan(by):
        raise PermissionDenied
    cycle = _lock_all()[cycle.pk]
    if not cycle.is_draft:
        raise CycleNotDraftError
    versioned = next_version(cycle, opened=opened, by=by)
    _need_free_days(starts_on, ends_on)
    cycle.name, cycle.starts_on, cycle.ends_on, cycle.narrative = name, starts_on, ends_on, narrative
    cycle.save(update_fields=["name", "starts_on", "ends_on", "narrative", *versioned])
    return cycle


@transaction.atomic
def agree_cycle(*, cycle: PlanningCycle, by: User) -> PlanningCycle:
    """The director agrees a year and its goals. Raises CycleOverlapError, NothingToAgreeError."""
    if not can_agree(by):
        raise PermissionDenied
    cycle = _lock_all()[cycle.pk]
    move(cycle, to=CycleStatus.AGREED)
    _need_free_days(cycle.starts_on, cycle.ends_on, but=cycle)
    today = current_school().today()
    drafts = Goal.objects.filter(cycle=cycle, status=GoalStatus.DRAFT)
    if not drafts.update(status=GoalStatus.AGREED, agreed_on=today, agreed_by=by):
        raise NothingToAgreeError
    cycle.agreed_on, cycle.agreed_by = today, by
    cycle.save(update_fields=["status", "agreed_on", "agreed_by", *_touched(cycle, by)])
    return cycle


@transaction.atomic
def start_cycle(*, cycle: PlanningCycle, by: User) -> PlanningCycle:
    """Let a year that was agreed begin, with its goals. Raises OtherCycleRunsError."""
    if not can_run(by):
        raise PermissionDenied
    cycles = _lock_all()
    cycle = cycles[cycle.pk]
    move(cycle, to=CycleStatus.RUNNING)
    running = next((other for other in cycles.values() if other.pk != cycle.pk and other.is_running), None)
    if running:
        raise OtherCycleRunsError(running)
    cycle.save(update_fields=["status", *_touched(cycle, by)])
    Goal.objects.filter(cycle=cycle, status=GoalStatus.AGREED).update(status=GoalStatus.ACTIVE)
    return cycle


@transaction.atomic
def close_cycle(*, cycle: PlanningCycle, by: User) -> PlanningCycle:
    """End a year once it is known what became of each goal. Raises GoalsOpenError."""
    if not can_run(by):
        raise PermissionDenied
    cycle = _lock_all()[cycle.pk]
    move(cycle, to=CycleStatus.CLOSED)
    if left := Goal.objects.filter(cycle=cycle).unfinished().count():
        raise GoalsOpenError(left)
    cycle.save(update_fields=["status", *_touched(cycle, by)])
    return cycle


def _lock_all() -> dict[int, PlanningCycle]:
    """Lock every cycle there is, in one order: whether two share days is asked of all of them. They are few."""
    return {cycle.pk: cycle for cycle in PlanningCycle.objects.select_for_update().order_by("pk")}


def _need_free_days(starts_on: dt.date, ends_on: dt.date, but: PlanningCycle | None = None) -> None:
    others = PlanningCycle.objects.binding().overlapping(starts_on, ends_on)
    if but:
        others = others.exclude(pk=but.pk)
    other = others.order_by("starts_on").first()
    if other:
        raise CycleOverlapError(other)


def _touched(cycle: PlanningCycle, by: User) -> list[str]:
    return next_version(cycle, opened=cycle.version, by=by)
