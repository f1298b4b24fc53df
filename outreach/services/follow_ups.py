"""Planning what comes next: set, do, leave, put off, hand on; and take each of these back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import current_school
from outreach.clock import moment
from outreach.enums import FollowUpStatus
from outreach.models import FollowUp
from outreach.rules import can_do, can_log, may_own
from outreach.services.telling import tell_done, untell
from partnerships.models import Contact, Organisation
from partnerships.services import refresh_facts
from roadmap.lifecycle import move
from ui.conflicts import StaleRecordError, next_version

# What an act on a follow-up may change, and an undo puts back.
MOMENTS = ("due_at", "remind_at", "done_at")
PLAIN = ("title", "note", "status", "snoozed", "owner_id", "contact_id", "done_by_id")


class OwnerRefusedError(Exception):
    """Follow-ups cannot be given to this colleague."""


@dataclass(frozen=True)
class Plan:
    """All of a follow-up that a person decides, as the form hands it over."""

    title: str
    due_on: dt.date
    owner: User
    due_time: dt.time | None = None
    contact: Contact | None = None
    note: str = ""


@dataclass(frozen=True)
class Change:
    """A follow-up after an act on it, with what an undo needs to know."""

    follow_up: FollowUp
    before: dict[str, Any]

    @property
    def undo(self) -> dict[str, Any]:
        """Everything an undo needs, in values that JSON can hold."""
        return {"pk": self.follow_up.pk, "version": self.follow_up.version, "before": self.before}


def _snapshot(follow_up: FollowUp) -> dict[str, Any]:
    """Return what an act may change, in values that JSON can hold."""
    moments = {name: getattr(follow_up, name) for name in MOMENTS}
    return {
        "due_on": follow_up.due_on.isoformat(),
        **{name: at and at.isoformat() for name, at in moments.items()},
        **{name: getattr(follow_up, name) for name in PLAIN},
    }


def _put_back(follow_up: FollowUp, before: dict[str, Any]) -> list[str]:
    """Write a snapshot onto a record and return the fields to save."""
    follow_up.due_on = dt.date.fromisoformat(before["due_on"])
    for name in MOMENTS:
        setattr(follow_up, name, before[name] and dt.datetime.fromisoformat(before[name]))
    for name in PLAIN:
        setattr(follow_up, name, before[name])
    return ["due_on", *MOMENTS, *(name.removesuffix("_id") for name in PLAIN)]


def _locked(follow_up: FollowUp, *, by: User) -> FollowUp:
    """Return the row as it is now, locked, if this colleague may act on it."""
    locked = (
        FollowUp.objects.select_for_update(of=("self",)).select_related("organisation", "contact").get(pk=follow_up.pk)
    )
    if not can_do(by, locked):
        raise PermissionDenied
    return locked


def _save(follow_up: FollowUp, fields: list[str], *, by: User, opened: int | None = None) -> None:
    """Save one version on, with the partner's next step."""
    versioned = next_version(follow_up, opened=follow_up.version if opened is None else opened, by=by)
    follow_up.save(update_fields=[*fields, *versioned])
    refresh_facts(follow_up.organisation_id)


def _put_on(follow_up: FollowUp, day: dt.date, time: dt.time | None) -> list[str]:
    """Set day and hour; a reminder is owed where the hour is still to come."""
    follow_up.due_on = day
    follow_up.due_at = moment(day, time, zone=current_school().zone) if time else None
    is_ahead = follow_up.due_at is not None and follow_up.due_at > timezone.now()
    follow_up.remind_at = follow_up.due_at if is_ahead else None
    return ["due_on", "due_at", "remind_at"]


def local_time(follow_up: FollowUp) -> dt.time | None:
    """Return the hour of a timed follow-up on the school's clock."""
    return follow_up.due_at.astimezone(current_school().zone).time() if follow_up.due_at else None


@transaction.atomic
def set_follow_up(
    *,
    organisation: Organisation,
    title: str,
    due_on: dt.date,
    by: User,
    due_time: dt.time | None = None,
    owner: User | None = None,
    contact: Contact | None = None,
    note: str = "",
) -> FollowUp:
    """Plan something for a day, or an hour of it; for oneself unless an owner is named. Raises OwnerRefusedError."""
    if not can_log(by):
        raise PermissionDenied
    owner = owner or by
    if not may_own(owner):
        raise OwnerRefusedError
    follow_up = FollowUp(
        organisation=organisation,
        title=title.strip()[:200],
        owner=owner,
        contact=contact,
        note=note.strip(),
        created_by=by,
        updated_by=by,
    )
    _put_on(follow_up, due_on, due_time)
    follow_up.save()
    refresh_facts(organisation.pk)
    return follow_up


@transaction.atomic
def complete_follow_up(*, follow_up: FollowUp, by: User, told: bool = False) -> Change:
    """Mark it done; `told` says that the timeline has it already, such as by the call it was about.

    Raises TransitionRefusedError when it is not planned any more.
    """
    follow_up = _locked(follow_up, by=by)
    before = _snapshot(follow_up)
    _close(follow_up, FollowUpStatus.DONE, by=by)
    if not told:
        tell_done(follow_up, by=by)
    return Change(follow_up, before)


@transaction.atomic
def skip_follow_up(*, follow_up: FollowUp, by: User) -> Change:
    """Leave it: it is not needed any more. Raises TransitionRefusedError."""
    follow_up = _locked(follow_up, by=by)
    before = _snapshot(follow_up)
    _close(follow_up, FollowUpStatus.SKIPPED, by=by)
    return Change(follow_up, before)


def _close(follow_up: FollowUp, status: FollowUpStatus, *, by: User) -> None:
    move(follow_up, to=status)
    follow_up.done_at, follow_up.done_by, follow_up.remind_at = timezone.now(), by, None
    _save(follow_up, ["status", "done_at", "done_by", "remind_at"], by=by)


@transaction.atomic
def reopen_follow_up(*, follow_up: FollowUp, by: User) -> Change:
    """Plan again what was done or left. Raises TransitionRefusedError."""
    follow_up = _locked(follow_up, by=by)
    before = _snapshot(follow_up)
    move(follow_up, to=FollowUpStatus.OPEN)
    follow_up.done_at = follow_up.done_by = None
    fields = _put_on(follow_up, follow_up.due_on, local_time(follow_up))
    untell(follow_up)
    _save(follow_up, ["status", "done_at", "done_by", *fields], by=by)
    return Change(follow_up, before)


@transaction.atomic
def snooze_follow_up(*, follow_up: FollowUp, until: dt.date, by: User) -> Change:
    """Put it off to a day, at the same hour where it has one. Raises TransitionRefusedError when it is not planned."""
    follow_up = _locked(follow_up, by=by)
    before = _snapshot(follow_up)
    reschedule(follow_up, day=until, time=local_time(follow_up), by=by)
    return Change(follow_up, before)


def reschedule(follow_up: FollowUp, *, day: dt.date, time: dt.time | None, by: User, title: str = "") -> None:
    """Move a locked, planned follow-up to another day. Raises TransitionRefusedError."""
    refuse_unless_planned(follow_up)
    fields = _put_on(follow_up, day, time)
    follow_up.snoozed += 1
    follow_up.title = title.strip()[:200] or follow_up.title
    _save(follow_up, ["title", "snoozed", *fields], by=by)


def refuse_unless_planned(follow_up: FollowUp) -> None:
    """Raise TransitionRefusedError for one that somebody has done or left meanwhile."""
    if not follow_up.is_planned:
        move(follow_up, to=follow_up.status)


@transaction.atomic
def reassign_follow_up(*, follow_up: FollowUp, to: User, by: User) -> Change:
    """Give it to another colleague, or take it over. Raises OwnerRefusedError, TransitionRefusedError."""
    follow_up = _locked(follow_up, by=by)
    if not may_own(to):
        raise OwnerRefusedError
    refuse_unless_planned(follow_up)
    before = _snapshot(follow_up)
    follow_up.owner = to
    _save(follow_up, ["owner"], by=by)
    return Change(follow_up, before)


@transaction.atomic
def change_follow_up(*, follow_up: FollowUp, plan: Plan, version: int, by: User) -> Change:
    """Plan all of it anew. Raises StaleRecordError, OwnerRefusedError, TransitionRefusedError."""
    follow_up = _locked(follow_up, by=by)
    if not may_own(plan.owner):
        raise OwnerRefusedError
    refuse_unless_planned(follow_up)
    before = _snapshot(follow_up)
    fields = _put_on(follow_up, plan.due_on, plan.due_time)
    follow_up.title, follow_up.owner, follow_up.contact, follow_up.note = (
        plan.title,
        plan.owner,
        plan.contact,
        plan.note,
    )
    _save(follow_up, ["title", "owner", "contact", "note", *fields], by=by, opened=version)
    return Change(follow_up, before)


@transaction.atomic
def put_back_follow_up(*, pk: int, version: int, before: dict[str, Any], by: User) -> FollowUp:
    """Undo the last act on a follow-up. Raises StaleRecordError when somebody acted on it since."""
    follow_up = FollowUp.objects.select_for_update(of=("self",)).get(pk=pk)
    if not can_do(by, follow_up) and before["owner_id"] != by.pk:
        raise PermissionDenied
    if follow_up.version != version:
        raise StaleRecordError
    fields = _put_back(follow_up, before)
    if follow_up.is_planned:
        untell(follow_up)
    _save(follow_up, fields, by=by)
    return follow_up
