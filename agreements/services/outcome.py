"""What follows once a stored document is there: links leave, copies leave."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import current_school
from agreements.enums import AgreementStatus, DocumentKind, EvidenceKind
from agreements.evidence import note
from agreements.models import Agreement, CopyLink, IssuedDocument, Signatory, SigningLink
from agreements.services.locking import move_agreement, tell_timeline
from mailing.services import issue_link, queue_mail
from partnerships.enums import Status
from partnerships.services import advance_status

COPY_LASTS = dt.timedelta(days=365)
TANDEM = "Tandem"


def document_ready(agreement: Agreement, document: IssuedDocument) -> None:
    """Go on with a locked agreement whose document has just been stored."""
    if document.kind == DocumentKind.SIGNED:
        _send_copies(agreement, document)
    elif agreement.status == AgreementStatus.PREPARING and document.edition == agreement.edition:
        _send_out(agreement, document)


def _send_out(agreement: Agreement, document: IssuedDocument) -> None:
    agreement.sent_at = timezone.now()
    move_agreement(agreement, to=AgreementStatus.SENT, also=("sent_at",))
    by = agreement.updated_by
    for signatory in agreement.signatories.all():
        mail_link(signatory, document, kind="signing_request", by=by)
    people = ", ".join(person.name for person in agreement.signatories.all())
    title = _("Agreement %(number)s sent for signature") % {"number": agreement.number}
    tell_timeline(agreement, "sent", title=title, body=people, by=by)
    why = _("Agreement %(number)s was sent for signature.") % {"number": agreement.number}
    advance_status(organisation=agreement.organisation, to=Status.AGREEMENT, why=why)


def mail_link(signatory: Signatory, document: IssuedDocument, *, kind: str, by: User | None) -> SigningLink:
    """Give a signatory a fresh link, mail it to the address on file and note it. The former one stops working."""
    school, agreement = current_school(), document.agreement
    expires = timezone.now() + dt.timedelta(days=school.signing_link_days)
    link, address = issue_link(
        SigningLink, email=signatory.email, name=signatory.name, expires_at=expires, signatory=signatory
    )
    Signatory.objects.filter(pk=signatory.pk).update(sent_at=timezone.now())
    note(
        agreement,
        EvidenceKind.SENT,
        who=str(by or TANDEM),
        detail=f"{signatory.name}, {signatory.email}",
        document_sha256=document.sha256,
    )
    context = {
        "agreement": agreement,
        "parties": document.contents["parties"],
        "signatory": signatory,
        "address": address,
        "expires_at": expires,
        "contact": by or agreement.owner,
    }
    writer = by or agreement.owner
    reply_to = writer.email if writer else ""
    queue_mail(
        f"agreements.{kind}",
        to_email=signatory.email,
        to_name=signatory.name,
        cause=agreement,
        occurrence=str(link.pk),
        context=context,
        by=by,
        reply_to=reply_to,
    )
    return link


def _send_copies(agreement: Agreement, document: IssuedDocument) -> None:
    """Mail each signatory a link to the signed document."""
    note(agreement, EvidenceKind.SEALED, who=TANDEM, document_sha256=document.sha256)
    for signatory in agreement.signatories.all():
        _link, address = issue_link(
            CopyLink,
            email=signatory.email,
            name=signatory.name,
            expires_at=timezone.now() + COPY_LASTS,
            document=document,
            signatory=signatory,
        )
        queue_mail(
            "agreements.signed_copy",
            to_email=signatory.email,
            to_name=signatory.name,
            cause=document,
            context={"agreement": agreement, "address": address, "document": document},
        )
