"""Locking a pilot, and what every service does with a locked one."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import User
from partnerships.services import record_event
from pilots.enums import PilotStatus
from pilots.models import Pilot
from pilots.rules import can_plan
from roadmap.lifecycle import move


def lock_pilot(pk: int) -> Pilot:
    """Lock a pilot, always before its criteria."""
    return Pilot.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=pk)


def lock_for(user: User, pk: int) -> Pilot:
    """Lock a pilot for somebody who plans. Raises PermissionDenied."""
    pilot = lock_pilot(pk)
    if not can_plan(user):
        raise PermissionDenied
    return pilot


def move_pilot(pilot: Pilot, *, to: PilotStatus, by: User | None, also: tuple[str, ...] = ()) -> None:
    """Move a locked pilot and save it with the fields named in `also`. Raises TransitionRefusedError."""
    move(pilot, to=to)
    pilot.status_since = timezone.now()
    pilot.updated_by = by
    pilot.save(update_fields=["status", "status_since", "updated_at", "updated_by", *also])


def tell_timeline(pilot: Pilot, kind: str, *, title: str, body: str = "", by: User | None = None) -> None:
    record_event(
        pilot.organisation,
        f"pilots.{kind}",
        title=title,
        body=body,
        actor=by,
        url_name="pilots:detail",
        object_id=pilot.pk,
    )
