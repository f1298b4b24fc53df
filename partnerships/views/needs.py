"""What firms need: the list, and adding and closing from a partner's page."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.http import Request
from accounts.models import School, User
from accounts.rules import can_edit
from partnerships.enums import NeedStatus
from partnerships.filters import NEEDS
from partnerships.forms import NeedForm
from partnerships.models import Need, Organisation
from partnerships.services import close_need, record_need, reopen_need
from partnerships.services.needs import CLOSED
from partnerships.views.access import need_editor
from roadmap.lifecycle import TransitionRefusedError
from ui.drafts import submission_key
from ui.requests import posted, way_back
from ui.responses import list_response
from ui.services import act_once
from ui.undo import undo_token

PANEL_SHOWS = 12


def needs_panel(organisation: Organisation, user: User, _school: School) -> dict[str, Any]:
    """What the firm needs now; one query."""
    may_add = can_edit(user) and not organisation.is_archived
    rows = organisation.needs.alive().in_order().select_related("stated_by")
    shown = ("organisation", "kind", "title", "headcount", "urgency", "stated_on", "status", "stated_by__name")
    return {"needs": list(rows.only(*shown)[:PANEL_SHOWS]), "can_edit": may_add}


@require_safe
def need_list(request: Request) -> HttpResponseBase:
    context = {"can_edit": can_edit(request.user)}
    return list_response(request, NEEDS, Need.objects.for_list(), "partnerships/needs.html", context)


def need_add(request: Request, pk: int) -> HttpResponse:
    need_editor(request)
    organisation = get_object_or_404(Organisation, pk=pk)
    form = NeedForm(posted(request), organisation=organisation)
    if form.is_valid():
        landing = act_once(submission=submission_key(request.POST), act=lambda: _add(request, form))
        return redirect(landing)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "partnerships/need_form.html", {"form": form, "organisation": organisation}, status=status)


def _add(request: Request, form: NeedForm) -> str:
    need = record_need(organisation=form.organisation, by=request.user, **form.cleaned_data)
    messages.success(request, _("Need added: “%(title)s”.") % {"title": need.title})
    return need.get_absolute_url()


@require_POST
def need_close(request: Request, pk: int) -> HttpResponse:
    need_editor(request)
    need = get_object_or_404(Need.objects.select_related("organisation"), pk=pk)
    to = request.POST.get("to", "")
    if to not in CLOSED:
        return redirect(need)
    try:
        close_need(need=need, to=NeedStatus(to), by=request.user)
    except TransitionRefusedError:
        messages.info(request, _("“%(title)s” was closed already.") % {"title": need.title})
    else:
        undo = reverse("partnerships:undo", args=["need", undo_token("partnerships.need", pk=pk, was=to)])
        words = _("Addressed: “%(title)s”.") if to == NeedStatus.ADDRESSED else _("Withdrawn: “%(title)s”.")
        messages.success(request, words % {"title": need.title}, extra_tags=undo)
    return redirect(way_back(request, need.get_absolute_url()))


@require_POST
def need_reopen(request: Request, pk: int) -> HttpResponse:
    """The firm says today that it still holds."""
    need = get_object_or_404(Need, pk=pk)
    try:
        reopen_need(need=need, by=request.user, stated_on=timezone.localdate())
    except TransitionRefusedError:
        messages.info(request, _("“%(title)s” is open already.") % {"title": need.title})
    else:
        messages.success(request, _("Open again: “%(title)s”.") % {"title": need.title})
    return redirect(way_back(request, need.get_absolute_url()))
