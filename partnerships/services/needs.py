"""What firms need: written down, answered, and let go."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules import can_edit
from partnerships.enums import NeedKind, NeedStatus, Urgency
from partnerships.models import Contact, Need, Organisation
from partnerships.models.need import VALID_FOR
from partnerships.services.relationship import UndoRefusedError
from partnerships.services.timeline import record_event
from roadmap.lifecycle import move

EXPIRED_AT_ONCE = 500
CLOSED = (NeedStatus.ADDRESSED, NeedStatus.WITHDRAWN)


class NotTheirContactError(ValueError):
    """Who is said to have stated a need works somewhere else."""


@transaction.atomic
def record_need(  # noqa: PLR0913 - a need has these parts, all by name
    *,
    organisation: Organisation,
    kind: NeedKind,
    title: str,
    by: User,
    detail: str = "",
    headcount: int | None = None,
    urgency: Urgency = Urgency.TWELVE_MONTHS,
    stated_by: Contact | None = None,
    stated_on: dt.date | None = None,
) -> Need:
    """Write down what a firm needs; without a day, as said today. Raises PermissionDenied, NotTheirContactError."""
    if not can_edit(by):
        raise PermissionDenied
    if stated_by is not None and stated_by.organisation_id != organisation.pk:
        raise NotTheirContactError
    need = Need(
        organisation=organisation,
        kind=kind,
        title=title,
        detail=detail,
        headcount=headcount,
        urgency=urgency,
        stated_by=stated_by,
        created_by=by,
        updated_by=by,
    )
    if stated_on is not None:
        need.stated_on = stated_on
    need.save(force_insert=True)
    _record(need, _("Need: “%(title)s”"), by=by)
    return need


@transaction.atomic
def match_need(*, need: Need, by: User | None = None) -> bool:
    """Note that an offer answers an open need. Returns whether anything changed."""
    need = _locked(need)
    if not need.is_open:
        return False
    _move(need, to=NeedStatus.MATCHED, by=by)
    _record(need, _("An offer answers the need “%(title)s”"), by=by)
    return True


@transaction.atomic
def close_need(*, need: Need, to: NeedStatus, by: User) -> Need:
    """Note that a need is addressed, or no longer holds. Raises PermissionDenied, TransitionRefusedError."""
    if not can_edit(by):
        raise PermissionDenied
    need = _locked(need)
    if to not in CLOSED:
        raise ValueError(to)
    _move(need, to=to, by=by)
    title = _("Need addressed: “%(title)s”") if to == NeedStatus.ADDRESSED else _("Need withdrawn: “%(title)s”")
    _record(need, title, by=by)
    return need


@transaction.atomic
def reopen_need(*, need: Need, by: User, undone: NeedStatus | None = None, stated_on: dt.date | None = None) -> Need:
    """Open a need again. `undone` is the state that Undo takes back; `stated_on` the day the firm said so again.

    Raises PermissionDenied, TransitionRefusedError, and UndoRefusedError where the need has moved on since.
    """
    if not can_edit(by):
        raise PermissionDenied
    need = _locked(need)
    if undone is not None and need.status != undone:
        raise UndoRefusedError
    need.stated_on = stated_on or need.stated_on
    _move(need, to=NeedStatus.OPEN, by=by)
    _record(need, _("Need open again: “%(title)s”"), by=by)
    return need


@transaction.atomic
def expire_needs(*, today: dt.date) -> int:
    """Let go of open needs that nobody has stated for a year, some at a time. Returns how many."""
    old = Need.objects.open().stated_before(today - VALID_FOR).order_by("stated_on", "pk")
    needs = list(old.select_for_update(of=("self",), skip_locked=True)[:EXPIRED_AT_ONCE])
    for need in needs:
        _move(need, to=NeedStatus.EXPIRED, by=None)
    return len(needs)


def _locked(need: Need) -> Need:
    return Need.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=need.pk)


def _move(need: Need, *, to: NeedStatus, by: User | None) -> None:
    move(need, to=to)
    need.updated_by = by
    need.version += 1
    need.save(update_fields=["status", "stated_on", "updated_by", "updated_at", "version"])


def _record(need: Need, title: str, *, by: User | None) -> None:
    record_event(
        need.organisation,
        "partnerships.need",
        title=title % {"title": need.title},
        body=need.detail,
        actor=by,
        contact=need.stated_by,
    )
