"""The half-hour in which a year's goals are found: begun, filled in by several people, and finished once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from goals.enums import AssessmentStep, ItemKind, MeasureSource
from goals.measuring import unit_of
from goals.models import Assessment, AssessmentItem, Goal, PlanningCycle, ProposedGoal
from goals.rules import can_assess, can_note_for_college, can_remove_wish, can_wish
from goals.services.goals import add_goal
from goals.slots import AssessmentEntry
from goals.suggesting import metric_of
from roadmap.slots import Metric
from ui.conflicts import next_version


class AssessmentOverError(Exception):
    """Its goals are handed over, or its year is agreed: nothing is noted any more."""


class NoGoalError(Exception):
    """A year without a goal is not handed over."""


class FigureGoneError(Exception):
    """Tandem does not count the figure of a chosen goal any more."""

    def __init__(self, proposal: ProposedGoal) -> None:
        super().__init__(f"{proposal.metric_key} is not counted")
        self.proposal = proposal


@dataclass(frozen=True)
class Choice:
    """What somebody made of a suggestion."""

    proposal: ProposedGoal
    is_chosen: bool
    title: str
    owner: User | None
    target: Decimal
    due_on: dt.date


@transaction.atomic
def begin_assessment(*, cycle: PlanningCycle, by: User) -> Assessment:
    """Begin a year’s assessment, or go on with the one there is. Raises AssessmentOverError."""
    cycle = PlanningCycle.objects.select_for_update().get(pk=cycle.pk)
    assessment = Assessment.objects.filter(cycle=cycle).first()
    if assessment:
        return assessment
    _need_open(cycle)
    if not can_assess(by, cycle):
        raise PermissionDenied
    return Assessment.objects.create(cycle=cycle, created_by=by, updated_by=by)


@transaction.atomic
def choose_items(
    *,
    assessment: Assessment,
    step: AssessmentStep,
    by: User,
    entries: Mapping[str, tuple[str, AssessmentEntry]],
    ticked: Iterable[str],
    were_ticked: Iterable[str],
) -> Assessment:
    """Keep what somebody ticked and took back; what a colleague ticked meanwhile stays. Raises AssessmentOverError.

    `entries` are those on record, by key, each with its kind; unknown keys are left alone.
    """
    assessment = _lock(assessment)
    if not can_assess(by, assessment.cycle):
        raise PermissionDenied
    now, then = set(ticked), set(were_ticked)
    assessment.items.filter(source__in=then - now).delete()
    AssessmentItem.objects.bulk_create(
        [_item(assessment, key, *entries[key], by) for key in sorted(now - then) if key in entries],
        ignore_conflicts=True,
    )
    return _reach(assessment, step, by)


@transaction.atomic
def note_wish(*, assessment: Assessment, kind: str, text: str, category: str, by: User) -> AssessmentItem:
    """Note what a colleague wishes, what the strategy says or what an inspection found. Raises AssessmentOverError."""
    assessment = _lock(assessment)
    if not can_wish(by, assessment.cycle) or (kind != ItemKind.WISH and not can_note_for_college(by)):
        raise PermissionDenied
    item = AssessmentItem.objects.create(assessment=assessment, kind=kind, title=text, category=category, by=by)
    _touch(assessment, by)
    return item


@transaction.atomic
def remove_wish(*, item: AssessmentItem, by: User) -> None:
    """Take a note away: one’s own, or any for those who plan. Raises AssessmentOverError."""
    item.assessment = _lock(item.assessment)
    if not can_remove_wish(by, item):
        raise PermissionDenied
    item.delete()


@transaction.atomic
def choose_goals(*, assessment: Assessment, choices: Iterable[Choice], by: User) -> Assessment:
    """Keep which suggestions were chosen, and what was changed in them. Raises AssessmentOverError."""
    assessment = _lock(assessment)
    if not can_assess(by, assessment.cycle):
        raise PermissionDenied
    for choice in choices:
        _keep(assessment, choice)
    return _reach(assessment, AssessmentStep.GOALS, by)


@transaction.atomic
def finish_assessment(*, assessment: Assessment, by: User) -> Assessment:
    """Write the chosen goals down as drafts of the year, once, and hand them to the director.

    A second time it changes nothing. Raises AssessmentOverError, NoGoalError and FigureGoneError.
    """
    cycle = PlanningCycle.objects.select_for_update().get(pk=assessment.cycle_id)
    assessment = Assessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk)
    assessment.cycle = cycle
    if not can_assess(by, cycle) and cycle.is_draft:
        raise PermissionDenied
    if assessment.is_finished:
        return assessment
    _need_open(cycle)
    proposals = assessment.proposed.filter(is_chosen=True, goal=None).select_related("owner")
    for priority, proposal in enumerate(proposals):
        proposal.goal = _write_down(proposal, cycle, by, first=priority == 0)
        proposal.save(update_fields=["goal"])
    if not Goal.objects.filter(cycle=cycle).kept().exists():
        raise NoGoalError
    assessment.finished_at, assessment.finished_by = timezone.now(), by
    assessment.reached = AssessmentStep.AGREE
    versioned = next_version(assessment, opened=assessment.version, by=by)
    assessment.save(update_fields=["finished_at", "finished_by", "reached", *versioned])
    return assessment


def _write_down(proposal: ProposedGoal, cycle: PlanningCycle, by: User, *, first: bool) -> Goal:
    metric = metric_of(proposal)
    if metric is None:
        raise FigureGoneError(proposal)
    fields = {name: getattr(proposal, name) for name in ("title", "why", "category", "owner", "due_on")}
    return add_goal(
        cycle=cycle,
        by=by,
        fields={**fields, "starts_on": cycle.starts_on, "priority": 1 if first else 2},
        measure=_measure(proposal, metric),
    )


def _measure(proposal: ProposedGoal, metric: Metric) -> dict[str, Any]:
    names = ("metric_key", "direction", "baseline", "target")
    own = {name: getattr(proposal, name) for name in names}
    return {**own, "source": MeasureSource.LIVE, "label": str(metric.label), "unit": unit_of(metric)}


def _keep(assessment: Assessment, choice: Choice) -> None:
    proposal = choice.proposal
    edited = {name: getattr(choice, name) for name in ("is_chosen", "title", "owner", "target", "due_on")}
    fixed = {name: getattr(proposal, name) for name in ("why", "category", "metric_key", "direction", "baseline")}
    ProposedGoal.objects.update_or_create(
        assessment=assessment, rule=proposal.rule, defaults=edited, create_defaults={**fixed, **edited}
    )


def _item(assessment: Assessment, key: str, kind: str, entry: AssessmentEntry, by: User) -> AssessmentItem:
    return AssessmentItem(
        assessment=assessment,
        kind=kind,
        source=key,
        title=entry.title[:200],
        detail=entry.detail[:300],
        figure=entry.figure[:40],
        category=entry.category,
        by=by,
    )


def _lock(assessment: Assessment) -> Assessment:
    locked = Assessment.objects.select_for_update(of=("self",)).select_related("cycle").get(pk=assessment.pk)
    _need_open(locked.cycle)
    if locked.is_finished:
        raise AssessmentOverError
    return locked


def _need_open(cycle: PlanningCycle) -> None:
    if not cycle.is_draft:
        raise AssessmentOverError


def _reach(assessment: Assessment, step: AssessmentStep, by: User) -> Assessment:
    """Note that this step was left behind, so that one goes on with the next."""
    assessment.reached = max(assessment.reached, min(step + 1, AssessmentStep.AGREE))
    return _touch(assessment, by, "reached")


def _touch(assessment: Assessment, by: User, *fields: str) -> Assessment:
    assessment.save(update_fields=[*fields, *next_version(assessment, opened=assessment.version, by=by)])
    return assessment
