"""Agreeing, fixing the dates, running and calling off; beginning and ending by the calendar."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from partnerships.enums import Status
from partnerships.services import advance_status
from pilots.enums import PilotStatus
from pilots.models import Pilot
from pilots.rules import can_approve_pilot, can_call_off, needs_approval
from pilots.services.locking import lock_for, lock_pilot, move_pilot, tell_timeline
from pilots.services.outcome import settle_outcome
from roadmap.lifecycle import TransitionRefusedError

AT_ONCE = 500


class NotApprovedError(Exception):
    """The pilot costs money, and the director has not agreed yet."""


@transaction.atomic
def approve_pilot(*, pilot: Pilot, by: User) -> Pilot:
    """Agree to a plan and the money that it costs. Raises TransitionRefusedError and PermissionDenied."""
    pilot = lock_pilot(pilot.pk)
    if not can_approve_pilot(by):
        raise PermissionDenied
    pilot.approved_at, pilot.approved_by = timezone.now(), by
    move_pilot(pilot, to=PilotStatus.APPROVED, by=by, also=("approved_at", "approved_by"))
    tell_timeline(pilot, "approved", title=_("Pilot approved: %(title)s") % {"title": pilot.title}, by=by)
    return pilot


@transaction.atomic
def schedule_pilot(*, pilot: Pilot, by: User) -> Pilot:
    """Settle the dates with the partner; the relationship is at its pilot from now on.

    Raises NotApprovedError, TransitionRefusedError and PermissionDenied.
    """
    pilot = lock_for(by, pilot.pk)
    if needs_approval(pilot):
        raise NotApprovedError
    move_pilot(pilot, to=PilotStatus.SCHEDULED, by=by)
    tell_timeline(pilot, "scheduled", title=_("Pilot scheduled: %(title)s") % {"title": pilot.title}, by=by)
    why = _("Pilot scheduled: %(title)s") % {"title": pilot.title}
    advance_status(organisation=pilot.organisation, to=Status.PILOT, why=why, by=by)
    return pilot


@transaction.atomic
def plan_again(*, pilot: Pilot, by: User) -> Pilot:
    """Take an agreed or scheduled pilot back into planning; an approval does not outlast that.

    Raises TransitionRefusedError and PermissionDenied.
    """
    pilot = lock_for(by, pilot.pk)
    if pilot.status not in {PilotStatus.APPROVED, PilotStatus.SCHEDULED}:
        raise TransitionRefusedError(pilot, PilotStatus.PLANNED)
    pilot.approved_at = pilot.approved_by = None
    move_pilot(pilot, to=PilotStatus.PLANNED, by=by, also=("approved_at", "approved_by"))
    return pilot


@transaction.atomic
def start_pilot(*, pilot: Pilot, by: User) -> Pilot:
    """Begin ahead of the calendar; from now on the criteria are fixed."""
    pilot = lock_for(by, pilot.pk)
    _start(pilot, by)
    return pilot


@transaction.atomic
def deliver_pilot(*, pilot: Pilot, by: User) -> Pilot:
    """Say that it is over, ahead of the calendar. Raises TransitionRefusedError and PermissionDenied."""
    pilot = lock_for(by, pilot.pk)
    if pilot.status != PilotStatus.RUNNING:
        raise TransitionRefusedError(pilot, PilotStatus.DELIVERED)
    _deliver(pilot, by)
    return pilot


@transaction.atomic
def call_off_pilot(*, pilot: Pilot, reason: str, by: User) -> Pilot:
    """Give up a pilot that is not over. Raises TransitionRefusedError and PermissionDenied."""
    pilot = lock_pilot(pilot.pk)
    if not can_call_off(by):
        raise PermissionDenied
    pilot.closed_reason = reason
    move_pilot(pilot, to=PilotStatus.CANCELLED, by=by, also=("closed_reason",))
    title = _("Pilot called off: %(title)s") % {"title": pilot.title}
    tell_timeline(pilot, "called_off", title=title, body=reason, by=by)
    return pilot


def start_due(*, today: dt.date) -> int:
    """Begin scheduled pilots whose first day has come."""
    return sum(_start_by_calendar(pk, today) for pk in _some(Pilot.objects.to_start(today)))


def deliver_due(*, today: dt.date) -> int:
    """End running pilots whose last day is over."""
    return sum(_deliver_by_calendar(pk, today) for pk in _some(Pilot.objects.to_deliver(today)))


def _some(due: QuerySet[Pilot]) -> list[int]:
    return list(due.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])


@transaction.atomic
def _start_by_calendar(pk: int, today: dt.date) -> bool:
    pilot = lock_pilot(pk)
    if pilot.status != PilotStatus.SCHEDULED or pilot.starts_on > today:
        return False
    _start(pilot, None)
    return True


@transaction.atomic
def _deliver_by_calendar(pk: int, today: dt.date) -> bool:
    pilot = lock_pilot(pk)
    if pilot.status != PilotStatus.RUNNING or pilot.ends_on >= today:
        return False
    _deliver(pilot, None)
    return True


def _start(pilot: Pilot, by: User | None) -> None:
    pilot.fixed_at = timezone.now()
    move_pilot(pilot, to=PilotStatus.RUNNING, by=by, also=("fixed_at",))
    tell_timeline(pilot, "running", title=_("Pilot running: %(title)s") % {"title": pilot.title}, by=by)


def _deliver(pilot: Pilot, by: User | None) -> None:
    move_pilot(pilot, to=PilotStatus.DELIVERED, by=by)
    tell_timeline(pilot, "delivered", title=_("Pilot ended: %(title)s") % {"title": pilot.title}, by=by)
    settle_outcome(pilot, by=by)
