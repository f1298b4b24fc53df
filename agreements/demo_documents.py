"""The stored documents of the demo, made as any other; where Pango is missing the rows say so."""

from __future__ import annotations

import datetime as dt

from accounts.models import School
from accounts.services import current_school
from agreements.demo_data import SENT
from agreements.document import contents_of
from agreements.enums import DocumentKind, DocumentState, EvidenceKind, Party
from agreements.evidence import Visitor, note
from agreements.first_page import store_first_page
from agreements.models import Agreement, IssuedDocument, Signatory, SigningLink
from agreements.pdf import make_pdf
from agreements.record import signed_contents
from mailing.models import hash_token, new_token
from ui.files import fill_stored_file
from ui.pdf import PdfError
from ui.pictures import first_page

PHONE = Visitor("203.0.113.24", "Mozilla/5.0 (Linux; Android 14)")


def add_documents(agreements: list[tuple[Agreement, str]]) -> None:
    """Give each agreement its document to sign, its record, and, once all have signed, the signed document."""
    school = current_school()
    for agreement, state in agreements:
        _add(agreement, state, school)


def _add(agreement: Agreement, state: str, school: School) -> None:
    first = min((person.signed_at for person in _people(agreement) if person.signed_at), default=agreement.created_at)
    sent_at = agreement.sent_at or first - dt.timedelta(minutes=18)
    document = _document(agreement, DocumentKind.TO_SIGN, contents_of(agreement, school), sent_at)
    owner = str(agreement.owner or school.name)
    note(
        agreement,
        EvidenceKind.FROZEN,
        who=owner,
        detail=f"Version {agreement.edition}",
        at=sent_at - dt.timedelta(minutes=1),
    )
    for person in _people(agreement):
        _write_down(agreement, person, document, owner, sent_at)
    if state == SENT:
        _leave_open(agreement, sent_at, school)
        return
    note(agreement, EvidenceKind.COMPLETED, who="Tandem", document_sha256=document.sha256, at=agreement.signed_at)
    contents = signed_contents(document, _people(agreement), agreement.evidence.all())
    signed = _document(agreement, DocumentKind.SIGNED, contents, agreement.signed_at or sent_at)
    note(agreement, EvidenceKind.SEALED, who="Tandem", document_sha256=signed.sha256, at=agreement.signed_at)


def _people(agreement: Agreement) -> list[Signatory]:
    return list(agreement.signatories.order_by("order"))


def _document(agreement: Agreement, kind: DocumentKind, contents: dict, at: dt.datetime) -> IssuedDocument:
    document = IssuedDocument(
        agreement=agreement,
        kind=kind,
        edition=agreement.edition,
        contents=contents,
        original_name=f"{agreement.number}.pdf",
        content_type="application/pdf",
        created_at=at,
    )
    try:
        pdf = make_pdf(contents)
    except PdfError as error:
        document.state, document.problem = DocumentState.FAILED, str(error)
    else:
        fill_stored_file(document, content=pdf.content, name=document.original_name, content_type="application/pdf")
        document.state, document.pages, document.stored_at = DocumentState.READY, pdf.pages, at
    document.save()
    picture = first_page(pdf.content) if document.is_ready else None
    if picture:
        store_first_page(document, picture)
    return document


def _write_down(
    agreement: Agreement, person: Signatory, document: IssuedDocument, owner: str, sent_at: dt.datetime
) -> None:
    note(
        agreement,
        EvidenceKind.SENT,
        who=owner,
        detail=f"{person.name}, {person.email}",
        document_sha256=document.sha256,
        at=person.sent_at or sent_at,
    )
    if person.signed_at:
        how = "signed in to Tandem as" if person.party == Party.SCHOOL else "by the personal link sent to"
        note(
            agreement,
            EvidenceKind.SIGNED,
            who=person.signed_name,
            detail=f"{person.signed_capacity}, {how} {person.email}",
            document_sha256=document.sha256,
            visitor=PHONE,
            at=person.signed_at,
        )


def _leave_open(agreement: Agreement, sent_at: dt.datetime, school: School) -> None:
    """Give those who have not signed a link; nobody knows its address, so that a new one must be sent to use it."""
    for person in agreement.signatories.filter(signed_at=None):
        sent = person.sent_at or sent_at
        SigningLink.objects.create(
            signatory=person,
            email=person.email,
            name=person.name,
            token_hash=hash_token(new_token()),
            created_at=sent,
            expires_at=sent + dt.timedelta(days=school.signing_link_days),
            first_opened_at=sent + dt.timedelta(days=1, hours=21, minutes=32),
        )
