"""Signing: behind the emailed link, on a phone, without account or JavaScript; or signed in."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import Request
from agreements.document import clauses_in
from agreements.enums import AgreementStatus, DocumentKind, Party
from agreements.evidence import Visitor
from agreements.forms import ReasonForm, SignForm
from agreements.models import CopyLink, IssuedDocument, Signatory, SigningLink
from agreements.rules import may_sign_here
from agreements.services import (
    AlreadySignedError,
    NotOpenForSigningError,
    Signature,
    StaleDocumentError,
    decline_by_link,
    sign_by_link,
    sign_here,
)
from mailing.links import open_link, public_page
from ui.responses import serve_stored_file

METHODS = ["GET", "HEAD", "POST"]


def visitor_of(request: HttpRequest) -> Visitor:
    agent = "".join(letter for letter in request.headers.get("User-Agent", "") if letter.isprintable())
    return Visitor(get_adapter(request).get_client_ip(request), agent[:300])


def _signatory(pk: int) -> Signatory:
    rows = Signatory.objects.select_related("agreement__organisation", "agreement__owner")
    return get_object_or_404(rows, pk=pk)


def _document(signatory: Signatory) -> IssuedDocument:
    """Return the document that this person reads: the signed one once it is there."""
    agreement = signatory.agreement
    documents = {one.kind: one for one in agreement.documents.filter(edition=agreement.edition)}
    signed = documents.get(DocumentKind.SIGNED)
    return signed if signed and signed.is_ready else documents[DocumentKind.TO_SIGN]


@public_page
@require_http_methods(METHODS)
def sign(request: HttpRequest, token: str) -> HttpResponse:
    """Show the document and the form, sign, or show what was signed."""
    link = open_link(request, SigningLink, token, used_too=True)
    signatory = _signatory(link.signatory_id)
    if signatory.signed_at or signatory.declined_at:
        return _done(request, link, signatory, again=request.method == "POST")
    if signatory.agreement.status != AgreementStatus.SENT:
        return _closed(request, signatory)
    if request.method != "POST":
        return _sign_page(request, signatory, link=link)
    form = SignForm(request.POST)
    return _sign(request, link, signatory, form) if form.is_valid() else _sign_page(request, signatory, form, link=link)


def _sign(request: HttpRequest, link: SigningLink, signatory: Signatory, form: SignForm) -> HttpResponse:
    try:
        sign_by_link(link=link, signature=_typed(form), visitor=visitor_of(request))
    except AlreadySignedError:
        return _done(request, link, _signatory(signatory.pk), again=True)
    except NotOpenForSigningError:
        return _closed(request, signatory)
    except StaleDocumentError:
        return _stale(request, request.path)
    return redirect(request.path)


def _typed(form: SignForm) -> Signature:
    values = form.cleaned_data
    return Signature(name=values["name"], capacity=values["capacity"], document_sha256=values["document"])


def _sign_page(
    request: HttpRequest, signatory: Signatory, form: SignForm | None = None, *, link: SigningLink | None = None
) -> HttpResponse:
    document = _document(signatory)
    form = form or SignForm(initial={"capacity": signatory.capacity, "document": document.sha256})
    context = _context(signatory, document) | {"form": form, "link": link}
    template = "agreements/public/sign.html" if link else "agreements/sign_here.html"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, template, context, status=status)


def _context(signatory: Signatory, document: IssuedDocument) -> dict[str, Any]:
    agreement, contents = signatory.agreement, document.contents
    ours, theirs = contents["parties"]
    side = theirs if signatory.party == Party.ORGANISATION else ours
    return {
        "signatory": signatory,
        "agreement": agreement,
        "document": document,
        "mou": contents,
        "clauses": clauses_in(contents),
        "side": side,
        "others": agreement.signatories.exclude(pk=signatory.pk).exclude(signed_at=None),
    }


def _done(request: HttpRequest, link: SigningLink, signatory: Signatory, *, again: bool) -> HttpResponse:
    context = _context(signatory, _document(signatory)) | {"again": again, "link": link}
    return render(request, "agreements/public/signed.html", context)


def _closed(request: HttpRequest, signatory: Signatory) -> HttpResponse:
    """Say that there is nothing to sign; of what it was, only the number is told."""
    return render(request, "agreements/public/closed.html", {"agreement": signatory.agreement}, status=HTTPStatus.GONE)


def _stale(request: HttpRequest, back: str) -> HttpResponse:
    return render(request, "agreements/public/stale.html", {"back": back}, status=HTTPStatus.CONFLICT)


@public_page
@require_http_methods(METHODS)
def decline(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for a change instead of signing."""
    link = open_link(request, SigningLink, token, used_too=True)
    signatory = _signatory(link.signatory_id)
    if signatory.signed_at or signatory.declined_at:
        return _done(request, link, signatory, again=request.method == "POST")
    if signatory.agreement.status != AgreementStatus.SENT:
        return _closed(request, signatory)
    form = ReasonForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        context = _context(signatory, _document(signatory)) | {"form": form, "token": token, "link": link}
        status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
        return render(request, "agreements/public/decline.html", context, status=status)
    try:
        decline_by_link(link=link, reason=form.cleaned_data["reason"], visitor=visitor_of(request))
    except (AlreadySignedError, NotOpenForSigningError):
        return _closed(request, signatory)
    return redirect("agreements:sign", token=token)


@public_page
@require_safe
def sign_document(request: HttpRequest, token: str) -> HttpResponseBase:
    """Open the PDF behind a signing link: the one to sign, later the signed one."""
    link = open_link(request, SigningLink, token, used_too=True)
    document = _document(_signatory(link.signatory_id))
    if not document.is_ready:
        raise Http404
    return serve_stored_file(document, as_attachment=False)


@public_page
@require_safe
def copy(request: HttpRequest, token: str) -> HttpResponseBase:
    """Open the signed document by the link that was mailed with it."""
    link = open_link(request, CopyLink, token)
    return serve_stored_file(link.document, as_attachment=False)


@require_http_methods(METHODS)
def sign_signed_in(request: Request, pk: int) -> HttpResponse:
    """Sign as the person invited, without the emailed link."""
    signatory = _signatory(pk)
    if not may_sign_here(request.user, signatory.agreement, signatory):
        if signatory.signed_at:
            messages.info(request, _("This was signed already."))
            return redirect(signatory.agreement)
        raise PermissionDenied
    form = SignForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _sign_page(request, signatory, form if request.method == "POST" else None)
    try:
        sign_here(signatory=signatory, signature=_typed(form), by=request.user, visitor=visitor_of(request))
    except (AlreadySignedError, NotOpenForSigningError):
        messages.info(request, _("This agreement is no longer waiting for you."))
    except StaleDocumentError:
        return _stale(request, request.path)
    else:
        messages.success(request, _("Signed. Everybody gets the signed document once all have signed."))
    return redirect(signatory.agreement)
