"""Where a relationship stands, and how it moves."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules import can_edit
from partnerships.enums import WAY, EndedReason, Status
from partnerships.models import Organisation, StatusChange
from partnerships.services.timeline import record_event
from roadmap.lifecycle import move

STATUS_FIELDS = ["status", "status_since", "ended_reason", "revisit_on"]


class MovedMeanwhileError(Exception):
    """A colleague moved the relationship after the mover had looked at it."""

    def __init__(self, organisation: Organisation) -> None:
        super().__init__(f"{organisation} stands at {organisation.status} by now")
        self.organisation = organisation


class ReasonMissingError(ValueError):
    """A pause needs a day to look again, an end needs a reason."""


class UndoRefusedError(Exception):
    """What should be undone has been overtaken by something newer."""


@transaction.atomic
def advance_status(*, organisation: Organisation, to: Status, why: str, by: User | None = None) -> bool:
    """Move forward because a fact says so; never back, never out of paused or ended. Returns whether it moved."""
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    here = Status(organisation.status)
    if here not in WAY or WAY.index(to) <= WAY.index(here):
        return False
    _write_move(organisation, to=to, by=by, why=why)
    return True


@transaction.atomic
def move_status(
    *,
    organisation: Organisation,
    to: Status,
    by: User,
    why: str = "",
    ended_reason: str = "",
    revisit_on: dt.date | None = None,
    seen: Status | None = None,
) -> StatusChange:
    """Move the status because a person says so, in any direction. `seen` is where the person believed it to stand.

    Raises PermissionDenied, TransitionRefusedError, ReasonMissingError and MovedMeanwhileError.
    """
    if not can_edit(by):
        raise PermissionDenied
    if (to == Status.ENDED and not ended_reason) or (to == Status.PAUSED and not revisit_on):
        raise ReasonMissingError(to)
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    if seen and organisation.status != seen:
        raise MovedMeanwhileError(organisation)
    return _write_move(
        organisation,
        to=to,
        by=by,
        why=why,
        ended_reason=ended_reason if to == Status.ENDED else "",
        revisit_on=revisit_on if to == Status.PAUSED else None,
    )


@transaction.atomic
def undo_move(*, change: StatusChange, by: User) -> Organisation:
    """Put a relationship back where it stood before its latest move. Raises PermissionDenied, UndoRefusedError."""
    if not can_edit(by):
        raise PermissionDenied
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=change.organisation_id)
    latest, *earlier = organisation.status_changes.order_by("-at", "-id")[:2]
    if latest.pk != change.pk or not earlier:
        raise UndoRefusedError
    (before,) = earlier
    _stand(organisation, before)
    latest.delete()
    record_event(
        organisation,
        "partnerships.status",
        title=_("Move undone: back to %(status)s") % {"status": before.get_status_display()},
        actor=by,
    )
    return organisation


def _write_move(
    organisation: Organisation,
    *,
    to: Status,
    by: User | None,
    why: str,
    ended_reason: str = "",
    revisit_on: dt.date | None = None,
) -> StatusChange:
    before = Status(organisation.status)
    move(organisation, to=to)
    _ensure_beginning(organisation, before)
    change = StatusChange.objects.create(
        organisation=organisation,
        status=to,
        at=timezone.now(),
        by=by,
        why=why,
        ended_reason=ended_reason,
        revisit_on=revisit_on,
    )
    _stand(organisation, change)
    record_event(
        organisation,
        "partnerships.status",
        title=_("Moved from %(before)s to %(after)s") % {"before": before.label, "after": to.label},
        body=_reasons(change),
        actor=by,
    )
    return change


def _ensure_beginning(organisation: Organisation, status: Status) -> None:
    """Give records that were made in bulk the row which says where they stood at first."""
    if not organisation.status_changes.exists():
        begin_status(organisation, status=status, by=None)


def begin_status(organisation: Organisation, *, status: Status, by: User | None) -> StatusChange:
    """Write the first row of the status's history, in the caller's transaction."""
    return StatusChange.objects.create(
        organisation=organisation,
        status=status,
        at=organisation.status_since,
        by=by,
        ended_reason=organisation.ended_reason,
        revisit_on=organisation.revisit_on,
    )


def _stand(organisation: Organisation, change: StatusChange) -> None:
    organisation.status = change.status
    organisation.status_since = change.at
    organisation.ended_reason = change.ended_reason
    organisation.revisit_on = change.revisit_on
    organisation.save(update_fields=STATUS_FIELDS)


def _reasons(change: StatusChange) -> str:
    """Say in words why, for the timeline."""
    parts = [change.why]
    if change.ended_reason:
        parts.insert(0, str(EndedReason(change.ended_reason).label))
    if change.revisit_on:
        parts.append(_("Look again on %(day)s") % {"day": format_date(change.revisit_on, "j F Y")})
    return " · ".join(part for part in parts if part)
