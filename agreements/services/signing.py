"""Signing and declining, by emailed link or signed in; links anew."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import current_school
from agreements.document import Contents
from agreements.enums import AgreementStatus, DocumentKind, EvidenceKind, Party
from agreements.evidence import NOBODY, Visitor, note
from agreements.models import Agreement, EvidenceEntry, IssuedDocument, Signatory, SigningLink
from agreements.record import signed_contents
from agreements.rules import can_draft, may_sign_here
from agreements.services.documents import order_document
from agreements.services.lifecycle import bring_into_force
from agreements.services.locking import lock_agreement, move_agreement, tell_timeline
from agreements.services.outcome import mail_link
from mailing.models import EmailedLink
from mailing.services import complete_link, queue_mail, revoke_links
from partnerships.enums import Status
from partnerships.services import advance_status, refresh_facts


class AlreadySignedError(Exception):
    """Somebody signed already; what was signed stands."""


class NotOpenForSigningError(Exception):
    """The agreement is not, or no longer, out for signature."""


class StaleDocumentError(Exception):
    """The form showed another document than the one that is out now."""


@dataclass(frozen=True)
class Signature:
    """What somebody typed, and the fingerprint of the document that the form showed."""

    name: str
    capacity: str
    document_sha256: str


@transaction.atomic
def sign_by_link(*, link: SigningLink, signature: Signature, visitor: Visitor = NOBODY) -> Agreement:
    """Sign by the personal link. The last signature completes the agreement.

    Raises AlreadySignedError, NotOpenForSigningError, StaleDocumentError and LinkClosedError.
    """
    agreement = lock_agreement(link.signatory.agreement_id)
    signatory, document = _open_for(agreement, link.signatory_id, signature)
    complete_link(link)
    _note_opening(agreement, link, document)
    how = _("by the personal link sent to %(email)s") % {"email": link.email}
    return _put_name(agreement, signatory, document, signature, visitor, how)


@transaction.atomic
def sign_here(*, signatory: Signatory, signature: Signature, by: User, visitor: Visitor = NOBODY) -> Agreement:
    """Sign while signed in to Tandem, as the person invited. Raises as `sign_by_link` and PermissionDenied."""
    agreement = lock_agreement(signatory.agreement_id)
    signatory, document = _open_for(agreement, signatory.pk, signature)
    if not may_sign_here(by, agreement, signatory):
        raise PermissionDenied
    revoke_links(SigningLink, signatory=signatory)
    how = _("signed in to Tandem as %(email)s") % {"email": by.email}
    return _put_name(agreement, signatory, document, signature, visitor, how)


def _open_for(agreement: Agreement, pk: int, signature: Signature) -> tuple[Signatory, IssuedDocument]:
    """Return the locked signatory and the document out for signature, or say why nobody may sign."""
    signatory = agreement.signatories.select_for_update(of=("self",)).get(pk=pk)
    if signatory.signed_at:
        raise AlreadySignedError
    if agreement.status != AgreementStatus.SENT:
        raise NotOpenForSigningError
    document = agreement.documents.get(kind=DocumentKind.TO_SIGN, edition=agreement.edition)
    if signature.document_sha256 != document.sha256:
        raise StaleDocumentError
    return signatory, document


def _note_opening(agreement: Agreement, link: SigningLink, document: IssuedDocument) -> None:
    """Put into the record when the link was first opened, which only a later act makes worth telling."""
    opened = SigningLink.objects.values_list("first_opened_at", flat=True).get(pk=link.pk)
    if opened:
        note(agreement, EvidenceKind.OPENED, who=link.name, document_sha256=document.sha256, at=opened)


def _put_name(
    agreement: Agreement,
    signatory: Signatory,
    document: IssuedDocument,
    signature: Signature,
    visitor: Visitor,
    how: str,
) -> Agreement:
    signatory.signed_at = timezone.now()
    signatory.signed_name, signatory.signed_capacity = signature.name, signature.capacity
    signatory.save(update_fields=["signed_at", "signed_name", "signed_capacity"])
    invited = _("; invited was %(name)s") % {"name": signatory.name} if signatory.has_other_name else ""
    note(
        agreement,
        EvidenceKind.SIGNED,
        who=signature.name,
        detail=f"{signature.capacity}, {how}{invited}",
        document_sha256=document.sha256,
        visitor=visitor,
        at=signatory.signed_at,
    )
    side = agreement.organisation.name if signatory.party == Party.ORGANISATION else current_school().get_short_name()
    title = _("%(name)s signed for %(side)s") % {"name": signature.name, "side": side}
    tell_timeline(agreement, "signed", title=title, body=agreement.number)
    if signatory.has_other_name:
        _tell_owner("other_name", agreement, signatory)
    if not agreement.signatories.filter(signed_at=None).exists():
        _complete(agreement, document)
    return agreement


def _complete(agreement: Agreement, document: IssuedDocument) -> None:
    """All have signed: the agreement holds, and the signed document is ordered."""
    agreement.signed_at = timezone.now()
    move_agreement(agreement, to=AgreementStatus.SIGNED, also=("signed_at",))
    note(agreement, EvidenceKind.COMPLETED, who="Tandem", document_sha256=document.sha256)
    order_document(agreement, DocumentKind.SIGNED, _signed(agreement, document))
    _tell_owner("all_signed", agreement)
    if agreement.starts_on and agreement.starts_on <= current_school().today():
        bring_into_force(agreement)
        return
    refresh_facts(agreement.organisation_id)
    why = _("Agreement %(number)s was signed by both sides.") % {"number": agreement.number}
    advance_status(organisation=agreement.organisation, to=Status.AGREEMENT, why=why)


def _signed(agreement: Agreement, document: IssuedDocument) -> Contents:
    signatories: list[Signatory] = list(agreement.signatories.all())
    entries: list[EvidenceEntry] = list(agreement.evidence.all())
    return signed_contents(document, signatories, entries)


def _tell_owner(kind: str, agreement: Agreement, signatory: Signatory | None = None) -> None:
    owner = agreement.owner
    if owner is None or not owner.is_active:
        return
    queue_mail(
        f"agreements.{kind}",
        to_email=owner.email,
        to_name=owner.name,
        cause=signatory or agreement,
        occurrence=str(agreement.edition),
        context={"agreement": agreement, "signatory": signatory},
    )


@transaction.atomic
def decline_by_link(*, link: SigningLink, reason: str, visitor: Visitor = NOBODY) -> Agreement:
    """Say no, and why. Nobody signs this version any more; the coordinator is told.

    Raises AlreadySignedError, NotOpenForSigningError and LinkClosedError.
    """
    agreement = lock_agreement(link.signatory.agreement_id)
    signatory = agreement.signatories.select_for_update(of=("self",)).get(pk=link.signatory_id)
    if signatory.signed_at:
        raise AlreadySignedError
    if agreement.status != AgreementStatus.SENT:
        raise NotOpenForSigningError
    complete_link(link)
    signatory.declined_at, signatory.declined_reason = timezone.now(), reason
    signatory.save(update_fields=["declined_at", "declined_reason"])
    agreement.closed_reason = reason
    move_agreement(agreement, to=AgreementStatus.DECLINED, also=("closed_reason",))
    revoke_links(SigningLink, signatory__agreement=agreement)
    note(agreement, EvidenceKind.DECLINED, who=signatory.name, detail=reason, visitor=visitor)
    title = _("%(name)s asked for a change before signing") % {"name": signatory.name}
    tell_timeline(agreement, "declined", title=title, body=reason)
    _tell_owner("declined", agreement, signatory)
    return agreement


@transaction.atomic
def send_new_link(*, signatory: Signatory, by: User) -> SigningLink:
    """Mail one signatory a fresh link; the former one stops working. Raises as `send_reminders`."""
    agreement = _lock_for_links(signatory.agreement, by)
    signatory = agreement.signatories.get(pk=signatory.pk)
    if signatory.signed_at:
        raise AlreadySignedError
    return mail_link(signatory, _out(agreement), kind="signing_request", by=by)


@transaction.atomic
def send_reminders(*, agreement: Agreement, by: User) -> int:
    """Remind everybody who has not signed, each with a fresh link. Returns how many that were.

    Raises NotOpenForSigningError and PermissionDenied.
    """
    agreement = _lock_for_links(agreement, by)
    waiting = list(agreement.signatories.filter(signed_at=None))
    for signatory in waiting:
        mail_link(signatory, _out(agreement), kind="signing_reminder", by=by)
    return len(waiting)


def _lock_for_links(agreement: Agreement, by: User) -> Agreement:
    agreement = lock_agreement(agreement.pk)
    if not can_draft(by):
        raise PermissionDenied
    if agreement.status != AgreementStatus.SENT:
        raise NotOpenForSigningError
    return agreement


def _out(agreement: Agreement) -> IssuedDocument:
    return agreement.documents.get(kind=DocumentKind.TO_SIGN, edition=agreement.edition)


def send_signing_link_again(link: EmailedLink) -> None:
    """Answer somebody whose link ran out, if their signature is still wanted."""
    asked = Signatory.objects.get(links=link.pk)
    agreement = lock_agreement(asked.agreement_id)
    signatory = agreement.signatories.get(pk=asked.pk)
    if agreement.status == AgreementStatus.SENT and signatory.signed_at is None:
        mail_link(signatory, _out(agreement), kind="signing_request", by=None)
