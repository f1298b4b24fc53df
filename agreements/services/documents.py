"""Making the stored documents: ordered as a row, made once, never again."""

from __future__ import annotations

import datetime as dt
import logging

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules import can_approve, can_edit
from agreements.document import Contents, DocumentTooLongError
from agreements.enums import DocumentKind, DocumentState
from agreements.first_page import store_first_page
from agreements.models import Agreement, IssuedDocument
from agreements.pdf import make_pdf
from agreements.services.locking import lock_agreement
from agreements.services.outcome import document_ready
from jobs.queue import wake
from ui.files import fill_stored_file
from ui.pdf import Pdf, PdfError
from ui.pictures import Picture, first_page

logger = logging.getLogger(__name__)

LEASE = dt.timedelta(minutes=3)
MOST_ATTEMPTS = 3
AT_ONCE = 20


def order_document(agreement: Agreement, kind: DocumentKind, contents: Contents) -> IssuedDocument:
    """Write the order for a document in the transaction of its cause."""
    document = IssuedDocument.objects.create(
        agreement=agreement,
        kind=kind,
        edition=agreement.edition,
        contents=contents,
        original_name=f"{agreement.number}.pdf",
        content_type="application/pdf",
    )
    wake("agreements.seal", document.pk)
    return document


def make_waiting_documents() -> int:
    """Make what nobody has made yet; the truth behind `wake`."""
    waiting = IssuedDocument.objects.filter(state=DocumentState.WAITING).order_by("id")
    made = [make_document(pk=pk) for pk in waiting.values_list("pk", flat=True)[:AT_ONCE]]
    return sum(made)


def make_document(*, pk: int) -> bool:
    """Make one document unless it is made, being made, or no longer wanted. Returns whether it was made now.

    Making takes a moment and no lock: the row is leased first, and looked at again before anything is stored.
    """
    document = _lease(pk)
    if document is None:
        return False
    try:
        with translation.override(document.contents.get("language")):
            pdf = make_pdf(document.contents)
    except (PdfError, DocumentTooLongError) as error:
        _give_up(pk, str(error))
        return False
    return store_document(document=document, pdf=pdf, picture=first_page(pdf.content))


@transaction.atomic
def _lease(pk: int) -> IssuedDocument | None:
    now = timezone.now()
    document = IssuedDocument.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
    if document is None or document.state != DocumentState.WAITING:
        return None
    if document.lease_until and document.lease_until > now:
        return None
    if document.attempts >= MOST_ATTEMPTS:
        _fail(document, _("Making it was broken off %(n)d times.") % {"n": MOST_ATTEMPTS})
        return None
    document.lease_until = now + LEASE
    document.attempts += 1
    document.save(update_fields=["lease_until", "attempts"])
    return document


def _fail(document: IssuedDocument, problem: str) -> None:
    document.state = DocumentState.FAILED
    document.problem = problem
    document.save(update_fields=["state", "problem"])
    logger.warning("Document %s could not be made: %s", document.pk, problem)


@transaction.atomic
def _give_up(pk: int, problem: str) -> None:
    document = IssuedDocument.objects.select_for_update().filter(pk=pk, state=DocumentState.WAITING).first()
    if document:
        _fail(document, problem)


@transaction.atomic
def store_document(*, document: IssuedDocument, pdf: Pdf, picture: Picture | None = None) -> bool:
    """Keep the bytes with their hash, and do what waited for them; nothing if the order is gone or filled."""
    agreement = lock_agreement(document.agreement_id)
    order = IssuedDocument.objects.select_for_update().filter(pk=document.pk, state=DocumentState.WAITING).first()
    if order is None:
        return False
    fill_stored_file(order, content=pdf.content, name=order.original_name, content_type="application/pdf")
    order.state = DocumentState.READY
    order.pages = pdf.pages
    order.stored_at = timezone.now()
    order.save()
    if picture:
        store_first_page(order, picture)
    document_ready(agreement, order)
    return True


@transaction.atomic
def retry_document(*, document: IssuedDocument, by: User) -> IssuedDocument:
    """Order a document again whose making failed."""
    if not (can_edit(by) or can_approve(by)):
        raise PermissionDenied
    document = IssuedDocument.objects.select_for_update().get(pk=document.pk)
    if document.state == DocumentState.FAILED:
        document.state = DocumentState.WAITING
        document.problem, document.attempts, document.lease_until = "", 0, None
        document.save(update_fields=["state", "problem", "attempts", "lease_until"])
        wake("agreements.seal", document.pk)
    return document
