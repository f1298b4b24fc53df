"""Sending, withdrawing, taking up again; coming into force and ending by the calendar."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import current_school
from agreements.document import contents_of
from agreements.enums import AgreementStatus, DocumentKind, DocumentState, EvidenceKind
from agreements.evidence import note
from agreements.gaps import Gap, gaps_of
from agreements.models import NEVER, Agreement, SigningLink
from agreements.rules import can_draft, can_withdraw
from agreements.services.documents import order_document
from agreements.services.locking import lock_agreement, move_agreement, tell_timeline
from mailing.services import queue_mail, revoke_links
from partnerships.enums import Status
from partnerships.services import advance_status, refresh_facts

AT_ONCE = 500


class AgreementIncompleteError(Exception):
    """Something is missing; `gaps` says what."""

    def __init__(self, gaps: list[Gap]) -> None:
        super().__init__([gap.text for gap in gaps])
        self.gaps = gaps


@transaction.atomic
def send_for_signature(*, agreement: Agreement, by: User) -> Agreement:
    """Freeze the text and order the document; when it is there, the links leave.

    Raises AgreementIncompleteError, DocumentTooLongError, TransitionRefusedError and PermissionDenied.
    """
    agreement = lock_agreement(agreement.pk)
    if not can_draft(by):
        raise PermissionDenied
    school = current_school()
    gaps = gaps_of(agreement, school)
    if gaps:
        raise AgreementIncompleteError(gaps)
    agreement.updated_by = by
    move_agreement(agreement, to=AgreementStatus.PREPARING, also=("updated_by",))
    order_document(agreement, DocumentKind.TO_SIGN, contents_of(agreement, school))
    note(agreement, EvidenceKind.FROZEN, who=str(by), detail=_("Version %(n)d") % {"n": agreement.edition})
    return agreement


@transaction.atomic
def withdraw_agreement(*, agreement: Agreement, by: User, reason: str = "") -> Agreement:
    """Take an agreement back before it is signed by all. Its links stop working; who had one is told.

    Raises TransitionRefusedError and PermissionDenied.
    """
    agreement = lock_agreement(agreement.pk)
    if not can_withdraw(by):
        raise PermissionDenied
    was_sent = agreement.status == AgreementStatus.SENT
    agreement.closed_reason = reason
    move_agreement(agreement, to=AgreementStatus.WITHDRAWN, also=("closed_reason",))
    agreement.documents.exclude(state=DocumentState.READY).delete()
    revoke_links(SigningLink, signatory__agreement=agreement)
    note(agreement, EvidenceKind.WITHDRAWN, who=str(by), detail=reason)
    title = _("Agreement %(number)s withdrawn") % {"number": agreement.number}
    tell_timeline(agreement, "withdrawn", title=title, body=reason, by=by)
    if was_sent:
        _tell_signatories(agreement, by)
    return agreement


def _tell_signatories(agreement: Agreement, by: User) -> None:
    for signatory in agreement.signatories.all():
        queue_mail(
            "agreements.withdrawn",
            to_email=signatory.email,
            to_name=signatory.name,
            cause=agreement,
            occurrence=str(agreement.edition),
            context={"agreement": agreement, "contact": by},
            by=by,
            reply_to=by.email,
        )


@transaction.atomic
def reopen_agreement(*, agreement: Agreement, by: User) -> Agreement:
    """Go on with a withdrawn or declined agreement: its text becomes the next version, to be signed anew by all."""
    agreement = lock_agreement(agreement.pk)
    if not can_draft(by):
        raise PermissionDenied
    # A version that never left keeps its number.
    agreement.edition += agreement.documents.filter(edition=agreement.edition).exists()
    agreement.sent_at, agreement.closed_reason = None, ""
    move_agreement(agreement, to=AgreementStatus.DRAFT, also=("edition", "sent_at", "closed_reason"))
    agreement.signatories.update(
        sent_at=None, signed_at=None, signed_name="", signed_capacity="", declined_at=None, declined_reason=""
    )
    return agreement


def activate_due(*, today: dt.date) -> int:
    """Bring signed agreements into force whose first day has come."""
    return sum(_activate(pk, today) for pk in _some(Agreement.objects.to_activate(today)))


def expire_due(*, today: dt.date) -> int:
    """End agreements whose last day is over."""
    return sum(_expire(pk, today) for pk in _some(Agreement.objects.to_expire(today)))


def _some(due: QuerySet[Agreement]) -> list[int]:
    return list(due.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])


@transaction.atomic
def _activate(pk: int, today: dt.date) -> bool:
    agreement = lock_agreement(pk)
    if agreement.status != AgreementStatus.SIGNED or (agreement.starts_on or NEVER) > today:
        return False
    bring_into_force(agreement)
    return True


def bring_into_force(agreement: Agreement) -> None:
    """Activate a locked, signed agreement; the organisation becomes a partner."""
    move_agreement(agreement, to=AgreementStatus.ACTIVE)
    refresh_facts(agreement.organisation_id)
    tell_timeline(agreement, "active", title=_("Agreement %(number)s is in force") % {"number": agreement.number})
    why = _("Agreement %(number)s came into force.") % {"number": agreement.number}
    advance_status(organisation=agreement.organisation, to=Status.PARTNER, why=why)


@transaction.atomic
def _expire(pk: int, today: dt.date) -> bool:
    agreement = lock_agreement(pk)
    if agreement.status != AgreementStatus.ACTIVE or agreement.ends_on >= today:
        return False
    move_agreement(agreement, to=AgreementStatus.EXPIRED)
    refresh_facts(agreement.organisation_id)
    tell_timeline(agreement, "expired", title=_("Agreement %(number)s ended") % {"number": agreement.number})
    return True
