"""Value sheets: the list, which programmes have one, the editor, its benefits."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.http import Request
from accounts.rules import can_approve, can_edit
from goals.models import Programme
from partnerships.views.access import need_editor
from propositions import page
from propositions.filters import COVERAGE, SHEETS
from propositions.forms import BenefitForm, SheetForm
from propositions.models import Benefit, Proposition
from propositions.rules import can_write
from propositions.services import add_benefit, change_benefit, change_sheet, remove_benefit, write_sheet
from propositions.services.sheets import FrozenError, TooManyBenefitsError
from propositions.views.answers import page_status
from ui.conflicts import StaleRecordError
from ui.drafts import submission_key
from ui.requests import key_of, posted
from ui.responses import conflict_response, list_response
from ui.services import act_once

FROZEN = gettext_lazy("These words are frozen. Begin the next version to change them.")


@require_safe
def sheet_list(request: Request) -> HttpResponseBase:
    rows = Proposition.objects.select_related("segment", "programme", "owner")
    context = {"can_edit": can_edit(request.user), "waiting": Proposition.objects.waiting().count()}
    return list_response(request, SHEETS, rows, "propositions/sheets.html", context)


@require_safe
def programme_list(request: Request) -> HttpResponseBase:
    context = {"can_edit": can_edit(request.user)}
    rows = Programme.objects.active()
    return list_response(request, COVERAGE, rows, "propositions/programmes.html", context)


def sheet_add(request: Request) -> HttpResponse:
    need_editor(request)
    named = {name: key_of(request.GET.get(name, "")) or None for name in ("programme", "segment")}
    form = SheetForm(posted(request), initial={"owner": request.user, **named}, today=request.school.today())
    if form.is_valid():
        return redirect(act_once(submission=submission_key(request.POST), act=lambda: _add(request, form)))
    return render(request, "propositions/sheet_form.html", {"form": form}, status=page_status(form))


def _add(request: Request, form: SheetForm) -> str:
    return write_sheet(changes=form.changes, by=request.user).get_absolute_url()


def _sheet(pk: int) -> Proposition:
    rows = Proposition.objects.select_related(
        "segment", "programme", "offer", "owner", "approved_by", "supersedes", "created_by"
    )
    return get_object_or_404(rows, pk=pk)


def _answer(request: Request, sheet: Proposition, form: SheetForm | None) -> HttpResponse:
    context: dict[str, Any] = {
        **page.sheet_page(sheet, user=request.user, today=request.school.today()),
        "form": form,
        "is_director": can_approve(request.user),
    }
    return render(request, "propositions/sheet.html", context, status=page_status(form) if form else HTTPStatus.OK)


@require_safe
def sheet_detail(request: Request, pk: int) -> HttpResponse:
    sheet = _sheet(pk)
    form = SheetForm(instance=sheet, today=request.school.today()) if can_write(request.user, sheet) else None
    return _answer(request, sheet, form)


@require_POST
def sheet_change(request: Request, pk: int) -> HttpResponse:
    need_editor(request)
    sheet = _sheet(pk)
    form = SheetForm(request.POST, instance=sheet, today=request.school.today())
    if not form.is_valid():
        return _answer(request, _sheet(pk), form)
    try:
        change_sheet(sheet=sheet, changes=form.changes, opened=form.cleaned_data["version"] or 0, by=request.user)
    except StaleRecordError:
        return conflict_response(request, form=form, record=_sheet(pk), back_url=sheet.get_absolute_url())
    except FrozenError:
        messages.warning(request, FROZEN)
    else:
        messages.success(request, _("Words saved."))
    return redirect(sheet)


def benefit_add(request: Request, pk: int) -> HttpResponse:
    need_editor(request)
    sheet = _sheet(pk)
    form = BenefitForm(posted(request), cancel_url=sheet.get_absolute_url(), today=request.school.today())
    if not form.is_valid():
        context = {"form": form, "sheet": sheet}
        return render(request, "propositions/benefit_form.html", context, status=page_status(form))
    try:
        url = act_once(submission=submission_key(request.POST), act=lambda: _add_benefit(request, sheet, form))
    except (FrozenError, TooManyBenefitsError) as refused:
        messages.warning(request, _why_not(refused))
        return redirect(sheet)
    return redirect(url)


def _add_benefit(request: Request, sheet: Proposition, form: BenefitForm) -> str:
    strengths = list(form.cleaned_data["strengths"])
    add_benefit(sheet=sheet, changes=form.changes, strengths=strengths, by=request.user)
    messages.success(request, _("Benefit added."))
    return sheet.get_absolute_url()


def _why_not(refused: Exception) -> str:
    if isinstance(refused, TooManyBenefitsError):
        return _("A page holds no more benefits. Change one of them instead.")
    return str(FROZEN)


def benefit_change(request: Request, pk: int) -> HttpResponse:
    need_editor(request)
    benefit = get_object_or_404(Benefit.objects.select_related("proposition__segment"), pk=pk)
    sheet = benefit.proposition
    form = BenefitForm(
        posted(request), instance=benefit, cancel_url=sheet.get_absolute_url(), today=request.school.today()
    )
    if not form.is_valid():
        context = {"form": form, "sheet": sheet, "benefit": Benefit.objects.get(pk=pk)}
        return render(request, "propositions/benefit_form.html", context, status=page_status(form))
    try:
        strengths = list(form.cleaned_data["strengths"])
        change_benefit(benefit=benefit, changes=form.changes, strengths=strengths, by=request.user)
    except FrozenError:
        messages.warning(request, FROZEN)
    else:
        messages.success(request, _("Benefit saved."))
    return redirect(sheet)


@require_POST
def benefit_remove(request: Request, pk: int) -> HttpResponse:
    benefit = get_object_or_404(Benefit.objects.select_related("proposition"), pk=pk)
    try:
        remove_benefit(benefit=benefit, by=request.user)
    except FrozenError:
        messages.warning(request, FROZEN)
    else:
        messages.success(request, _("Benefit removed."))
    return redirect(benefit.proposition)
