"""Locking an agreement, and what every service does with a locked one."""

from django.utils import timezone

from accounts.models import User
from agreements.enums import AgreementStatus
from agreements.models import Agreement
from partnerships.services import record_event
from roadmap.lifecycle import move


def lock_agreement(pk: int) -> Agreement:
    """Lock an agreement, always before its documents, signatories and links."""
    return Agreement.objects.select_for_update(of=("self",)).select_related("organisation", "template").get(pk=pk)


def move_agreement(agreement: Agreement, *, to: AgreementStatus, also: tuple[str, ...] = ()) -> None:
    """Move a locked agreement and save it with the fields named in `also`. Raises TransitionRefusedError."""
    move(agreement, to=to)
    agreement.status_since = timezone.now()
    agreement.save(update_fields=["status", "status_since", "updated_at", *also])


def tell_timeline(agreement: Agreement, kind: str, *, title: str, body: str = "", by: User | None = None) -> None:
    record_event(
        agreement.organisation,
        f"agreements.{kind}",
        title=title,
        body=body,
        actor=by,
        url_name="agreements:detail",
        object_id=agreement.pk,
    )
