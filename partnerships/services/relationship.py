"""Where a relationship stands, and how it moves."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules import can_edit
from partnerships.enums import WAY, Status
from partnerships.models import Organisation
from partnerships.services.timeline import record_event
from roadmap.lifecycle import move

STATUS_FIELDS = ["status", "status_since", "ended_reason", "revisit_on"]


def _write_move(organisation: Organisation, *, to: Status, by: User | None, why: str) -> None:
    before = Status(organisation.status)
    move(organisation, to=to)
    organisation.status_since = timezone.now()
    organisation.save(update_fields=STATUS_FIELDS)
    record_event(
        organisation,
        "partnerships.status",
        title=_("%(before)s → %(after)s") % {"before": before.label, "after": to.label},
        body=why,
        actor=by,
    )


@transaction.atomic
def advance_status(*, organisation: Organisation, to: Status, why: str, by: User | None = None) -> bool:
    """Move the status forward because a fact says so; never back, never out of paused or ended. Returns whether it moved."""
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    here = Status(organisation.status)
    if here not in WAY or WAY.index(to) <= WAY.index(here):
        return False
    _write_move(organisation, to=to, by=by, why=why)
    return True


@transaction.atomic
def move_status(  # noqa: PLR0913 - all by name
    *,
    organisation: Organisation,
    to: Status,
    by: User,
    why: str = "",
    ended_reason: str = "",
    revisit_on: dt.date | None = None,
) -> Organisation:
    """Move the status because a person says so, in any direction. Raises PermissionDenied, TransitionRefusedError."""
    if not can_edit(by):
        raise PermissionDenied
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    organisation.ended_reason = ended_reason if to == Status.ENDED else ""
    organisation.revisit_on = revisit_on if to == Status.PAUSED else None
    _write_move(organisation, to=to, by=by, why=why)
    return organisation
