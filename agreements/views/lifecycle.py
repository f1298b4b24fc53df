"""The list, an agreement's page, and what colleagues do with it."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import Request
from agreements.document import DocumentTooLongError, contents_of
from agreements.enums import DocumentState
from agreements.filters import AGREEMENTS
from agreements.forms import WithdrawForm
from agreements.models import Agreement, FirstPage, IssuedDocument, Signatory
from agreements.overview import overview
from agreements.page import AgreementPage
from agreements.pdf import make_pdf
from agreements.rules import can_draft, can_withdraw
from agreements.services import (
    AgreementIncompleteError,
    AlreadySignedError,
    NotOpenForSigningError,
    reopen_agreement,
    retry_document,
    send_for_signature,
    send_new_link,
    send_reminders,
    withdraw_agreement,
)
from roadmap.lifecycle import TransitionRefusedError
from ui.drafts import submission_key
from ui.pdf import PdfError
from ui.responses import list_response, serve_stored_file
from ui.services import act_once


@require_safe
def agreement_list(request: Request) -> HttpResponseBase:
    queryset = Agreement.objects.for_list().select_related("organisation", "owner")
    today = request.school.today()
    context = {"may_draft": can_draft(request.user), "today": today}
    if not request.htmx and "export" not in request.GET:
        context["overview"] = overview(today)
    return list_response(request, AGREEMENTS, queryset, "agreements/list.html", context)


def _agreement(pk: int) -> Agreement:
    agreements = Agreement.objects.select_related(
        "organisation", "owner", "template", "created_by", "pilot", "proposal"
    )
    return get_object_or_404(agreements, pk=pk)


@require_safe
def agreement_detail(request: Request, pk: int) -> HttpResponse:
    page = AgreementPage(_agreement(pk), request.user, request.school)
    return render(request, "agreements/detail.html", {"page": page, "agreement": page.agreement})


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_send(request: Request, pk: int) -> HttpResponse:
    """Ask once, naming who will get mail; then freeze the text and order the document."""
    if not can_draft(request.user):
        raise PermissionDenied
    agreement = _agreement(pk)
    page = AgreementPage(agreement, request.user, request.school)
    if request.method != "POST":
        if not page.may_edit:
            return _go(request, agreement, messages.WARNING, _("This agreement cannot be sent now."))
        return render(request, "agreements/send.html", {"page": page, "agreement": agreement})
    try:
        send_for_signature(agreement=agreement, by=request.user)
    except AgreementIncompleteError:
        return render(
            request, "agreements/send.html", {"page": page, "agreement": agreement}, status=HTTPStatus.CONFLICT
        )
    except DocumentTooLongError:
        return _go(request, agreement, messages.ERROR, _("It is longer than a document may be. Shorten some clauses."))
    except TransitionRefusedError:
        return _go(request, agreement, messages.INFO, _("This agreement was sent already."))
    return _go(
        request, agreement, messages.SUCCESS, _("The document is being made; the links leave as soon as it is there.")
    )


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_withdraw(request: Request, pk: int) -> HttpResponse:
    if not can_withdraw(request.user):
        raise PermissionDenied
    agreement = _agreement(pk)
    page = AgreementPage(agreement, request.user, request.school)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_agreement(agreement=agreement, by=request.user, reason=form.cleaned_data["reason"])
        except TransitionRefusedError:
            return _go(
                request,
                agreement,
                messages.WARNING,
                _("It can no longer be withdrawn: all have signed, or it was closed."),
            )
        return _go(request, agreement, messages.SUCCESS, _("Agreement withdrawn. Its links no longer work."))
    if not page.may_withdraw:
        return _go(request, agreement, messages.WARNING, _("This agreement cannot be withdrawn now."))
    return render(request, "agreements/withdraw.html", {"page": page, "agreement": agreement, "form": form})


@require_POST
def agreement_reopen(request: Request, pk: int) -> HttpResponse:
    agreement = _agreement(pk)
    try:
        reopened = reopen_agreement(agreement=agreement, by=request.user)
    except TransitionRefusedError:
        return _go(request, agreement, messages.WARNING, _("This agreement cannot become a draft again."))
    words = _("Back in draft as version %(n)d. Everybody signs anew.") % {"n": reopened.edition}
    messages.success(request, words)
    return redirect("agreements:edit", pk=pk)


@require_POST
def agreement_remind(request: Request, pk: int) -> HttpResponse:
    agreement = _agreement(pk)

    def remind() -> str:
        n = send_reminders(agreement=agreement, by=request.user)
        messages.success(
            request, ngettext("Reminder sent to %(n)d person.", "Reminder sent to %(n)d people.", n) % {"n": n}
        )
        return agreement.get_absolute_url()

    return _act(request, agreement, remind)


@require_POST
def signatory_link(request: Request, pk: int) -> HttpResponse:
    signatory = get_object_or_404(Signatory.objects.select_related("agreement"), pk=pk)

    def send() -> str:
        send_new_link(signatory=signatory, by=request.user)
        words = _("New link sent to %(name)s. The former one no longer works.") % {"name": signatory.name}
        messages.success(request, words)
        return signatory.agreement.get_absolute_url()

    return _act(request, signatory.agreement, send)


def _act(request: Request, agreement: Agreement, act: Callable[[], str]) -> HttpResponse:
    try:
        return redirect(act_once(submission=submission_key(request.POST), act=act))
    except NotOpenForSigningError:
        return _go(request, agreement, messages.WARNING, _("This agreement is not out for signature."))
    except AlreadySignedError:
        return _go(request, agreement, messages.INFO, _("This person has signed meanwhile."))


@require_POST
def document_retry(request: Request, pk: int) -> HttpResponse:
    document = get_object_or_404(IssuedDocument.objects.select_related("agreement"), pk=pk)
    retry_document(document=document, by=request.user)
    return _go(request, document.agreement, messages.SUCCESS, _("The document is being made again."))


@require_safe
def agreement_pdf(request: Request, pk: int) -> HttpResponseBase:
    """Open the newest document: the stored one where there is one, else a draft made for this moment."""
    page = AgreementPage(_agreement(pk), request.user, request.school)
    if page.document and page.document.is_ready:
        return serve_stored_file(page.document, as_attachment=False)
    if page.agreement.is_signed:
        raise Http404
    try:
        pdf = make_pdf(contents_of(page.agreement, request.school), is_draft=True)
    except (PdfError, DocumentTooLongError) as error:
        return _no_pdf(request, page.agreement, error)
    response = HttpResponse(pdf.content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{page.agreement.number}-draft.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def _no_pdf(request: HttpRequest, agreement: Agreement, error: Exception) -> HttpResponse:
    problem = (
        str(error) if isinstance(error, PdfError) else _("It is longer than a document may be. Shorten some clauses.")
    )
    context = {"agreement": agreement, "problem": problem}
    return render(request, "agreements/no_pdf.html", context, status=HTTPStatus.SERVICE_UNAVAILABLE)


@require_safe
def document_file(request: Request, pk: int) -> FileResponse:
    """Open one stored document, such as an earlier version."""
    document = get_object_or_404(IssuedDocument, pk=pk, state=DocumentState.READY)
    return serve_stored_file(document, as_attachment=False)


@require_safe
def document_first_page(request: Request, pk: int) -> FileResponse:
    """Show what a stored document looks like."""
    page = get_object_or_404(FirstPage, document=pk)
    return serve_stored_file(page, as_attachment=False)


def _go(request: HttpRequest, agreement: Agreement, level: int, words: str) -> HttpResponse:
    messages.add_message(request, level, words)
    return redirect(agreement)
