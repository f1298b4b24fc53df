"""What came of a pilot, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from pilots.enums import DECISIONS, RECORDABLE, PilotStatus
from pilots.models import Pilot, SuccessCriterion
from pilots.rules import must_haves_missed
from pilots.services.locking import lock_for, move_pilot, tell_timeline
from roadmap.lifecycle import TransitionRefusedError
from ui.conflicts import rewrite

DECISION_FIELDS = ("decision_reason", "changes", "lessons")


class NotRecordableError(Exception):
    """Results are recorded from the first day on, until somebody has decided."""


class ResultsMissingError(Exception):
    """Must-have criteria lack their result; `criteria` says which."""

    def __init__(self, criteria: list[SuccessCriterion]) -> None:
        super().__init__([criterion.text for criterion in criteria])
        self.criteria = criteria


class ReasonNeededError(ValueError):
    """Scaling up although a must-have was missed needs a reason."""


class LessonNeededError(ValueError):
    """A stop needs a lesson for others."""


@dataclass(frozen=True)
class Result:
    actual: Decimal | None
    note: str = ""


@dataclass(frozen=True)
class Results:
    """What was measured: figures of the pilot, and the result of each criterion by its id."""

    fields: Mapping[str, Any] = field(default_factory=dict)
    criteria: Mapping[int, Result] = field(default_factory=dict)


@dataclass(frozen=True)
class Decision:
    to: PilotStatus
    reason: str = ""
    changes: str = ""
    lessons: str = ""


@transaction.atomic
def record_results(*, pilot: Pilot, results: Results, opened: int, by: User) -> Pilot:
    """Write down what was measured; over, and with every must-have known, the pilot is evaluated.

    Raises NotRecordableError, StaleRecordError and PermissionDenied.
    """
    pilot = lock_for(by, pilot.pk)
    if pilot.status not in RECORDABLE:
        raise NotRecordableError
    pilot.save(update_fields=rewrite(pilot, results.fields, opened=opened, by=by))
    for criterion in pilot.criteria.filter(pk__in=results.criteria):
        result = results.criteria[criterion.pk]
        criterion.actual, criterion.note = result.actual, result.note
        criterion.save(update_fields=["actual", "note"])
    settle_outcome(pilot, by=by)
    return pilot


def settle_outcome(pilot: Pilot, *, by: User | None) -> None:
    """Let a pilot that is over count as evaluated while every must-have has its result, and at least one has."""
    criteria = list(pilot.criteria.all())
    known = any(one.actual is not None for one in criteria) and not any(one.lacks_actual for one in criteria)
    if known and pilot.status == PilotStatus.DELIVERED:
        move_pilot(pilot, to=PilotStatus.EVALUATED, by=by)
        tell_timeline(pilot, "evaluated", title=_("Pilot evaluated: %(title)s") % {"title": pilot.title}, by=by)
    elif not known and pilot.status == PilotStatus.EVALUATED:
        move_pilot(pilot, to=PilotStatus.DELIVERED, by=by)


@transaction.atomic
def decide_pilot(*, pilot: Pilot, decision: Decision, by: User) -> Pilot:
    """Say what follows: scale up, extend, revise or stop.

    Raises ResultsMissingError, ReasonNeededError, LessonNeededError, TransitionRefusedError and PermissionDenied.
    """
    pilot = lock_for(by, pilot.pk)
    _check(pilot, decision)
    pilot.decision_reason, pilot.changes, pilot.lessons = decision.reason, decision.changes, decision.lessons
    pilot.decided_at, pilot.decided_by = timezone.now(), by
    move_pilot(pilot, to=decision.to, by=by, also=(*DECISION_FIELDS, "decided_at", "decided_by"))
    words = {"title": pilot.title, "decision": pilot.get_status_display()}
    title = _("%(title)s: %(decision)s") % words
    tell_timeline(pilot, "decided", title=title, body=decision.reason or decision.lessons, by=by)
    return pilot


def _check(pilot: Pilot, decision: Decision) -> None:
    if decision.to not in DECISIONS:
        raise TransitionRefusedError(pilot, decision.to)
    criteria = list(pilot.criteria.all())
    missing = [one for one in criteria if one.lacks_actual]
    if pilot.status == PilotStatus.DELIVERED:
        raise ResultsMissingError(missing or criteria)
    if decision.to == PilotStatus.SCALED and not decision.reason and must_haves_missed(criteria):
        raise ReasonNeededError
    if decision.to == PilotStatus.STOPPED and not decision.lessons:
        raise LessonNeededError


@transaction.atomic
def reconsider_pilot(*, pilot: Pilot, by: User) -> Pilot:
    """Take a decision back; what was written for it stays until somebody decides anew.

    Raises TransitionRefusedError and PermissionDenied.
    """
    pilot = lock_for(by, pilot.pk)
    if not pilot.decision:
        raise TransitionRefusedError(pilot, PilotStatus.EVALUATED)
    pilot.decided_at = pilot.decided_by = None
    move_pilot(pilot, to=PilotStatus.EVALUATED, by=by, also=("decided_at", "decided_by"))
    title = _("Decision taken back: %(title)s") % {"title": pilot.title}
    tell_timeline(pilot, "reconsidered", title=title, by=by)
    return pilot
