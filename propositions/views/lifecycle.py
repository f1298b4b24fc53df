"""A value sheet's way: to the director, into use, to the next version; and its printed page."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.http import Request
from propositions.models import Proposition
from propositions.pdf import make_page
from propositions.services import (
    approve_sheet,
    ask_for_approval,
    begin_next_edition,
    publish_sheet,
    retire_sheet,
    send_back,
)
from propositions.services.sheets import FrozenError, NextEditionExistsError, NothingToShowError
from roadmap.lifecycle import TransitionRefusedError
from ui.pdf import PdfError

WHY_NOT: dict[type[Exception], Any] = {
    NothingToShowError: gettext_lazy(
        "Nothing of this could be printed yet: give at least one benefit a checked strength and a proof."
    ),
    TransitionRefusedError: gettext_lazy("Somebody did this already, or something else. This is how it stands now."),
}


def _sheet(pk: int) -> Proposition:
    return get_object_or_404(Proposition.objects.select_related("segment", "offer", "owner", "approved_by"), pk=pk)


def _act(request: Request, pk: int, act: Callable[..., Proposition], done: str) -> HttpResponse:
    sheet = _sheet(pk)
    try:
        act(sheet=sheet, by=request.user)
    except tuple(WHY_NOT) as refused:
        messages.warning(request, WHY_NOT[type(refused)])
    else:
        messages.success(request, done)
    return redirect(sheet)


@require_POST
def sheet_ask(request: Request, pk: int) -> HttpResponse:
    return _act(request, pk, ask_for_approval, _("A director sees it on Today now."))


@require_POST
def sheet_return(request: Request, pk: int) -> HttpResponse:
    return _act(request, pk, send_back, _("It is a draft again."))


@require_POST
def sheet_approve(request: Request, pk: int) -> HttpResponse:
    return _act(request, pk, approve_sheet, _("Approved."))


@require_POST
def sheet_publish(request: Request, pk: int) -> HttpResponse:
    return _act(request, pk, publish_sheet, _("It is in use now."))


@require_POST
def sheet_retire(request: Request, pk: int) -> HttpResponse:
    return _act(request, pk, retire_sheet, _("Put away."))


@require_POST
def sheet_next(request: Request, pk: int) -> HttpResponse:
    sheet = _sheet(pk)
    try:
        draft = begin_next_edition(sheet=sheet, by=request.user)
    except NextEditionExistsError as there:
        messages.info(request, _("The next version is there already."))
        return redirect(there.edition)
    except FrozenError:
        messages.warning(request, _("This version is still on its way."))
        return redirect(sheet)
    words = _("Version %(n)s is a draft. The one in use stays as it is until this is approved.")
    messages.success(request, words % {"n": draft.edition})
    return redirect(draft)


@require_safe
def sheet_pdf(request: Request, pk: int) -> HttpResponse:
    sheet = _sheet(pk)
    try:
        pdf = make_page(sheet, school=request.school, on=request.school.today(), asker=sheet.owner or request.user)
    except PdfError as error:
        context = {"sheet": sheet, "problem": str(error)}
        return render(request, "propositions/no_pdf.html", context, status=HTTPStatus.SERVICE_UNAVAILABLE)
    response = HttpResponse(pdf.content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{slugify(sheet.headline) or "value-sheet"}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
