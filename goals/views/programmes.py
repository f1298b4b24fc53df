"""The programmes that the school teaches."""

from typing import Any

from django.contrib import messages
from django.db.models import Sum
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import Request
from accounts.models import User
from goals.filters import PROGRAMMES
from goals.forms import ProgrammeForm
from goals.models import Goal, Programme
from goals.places import places_of
from goals.rules import can_plan
from goals.services import add_programme, change_programme
from goals.slots import ProgrammePanel
from goals.views.access import need_planner, status_of
from roadmap import registry
from ui.conflicts import StaleRecordError
from ui.drafts import submission_key
from ui.responses import conflict_response, list_response
from ui.services import act_once


@require_safe
def programme_list(request: Request) -> HttpResponseBase:
    rows = Programme.objects.select_related("head")
    context: dict[str, Any] = {"may_plan": can_plan(request.user)}
    if not request.htmx and "export" not in request.GET:
        active = Programme.objects.active()
        context["needed"] = active.aggregate(places=Sum("places_needed", default=0))["places"]
    return list_response(request, PROGRAMMES, rows, "goals/programmes.html", context)


@require_safe
def programme_detail(request: Request, pk: int) -> HttpResponse:
    programme = get_object_or_404(Programme.objects.select_related("head"), pk=pk)
    goals = Goal.objects.serving(programme).select_related("cycle", "owner")
    context = {
        "programme": programme,
        "goals": goals.order_by("-cycle__starts_on", "priority", "id")[:20],
        "panels": _panels(request, programme),
        "places": places_of([programme]),
        "may_plan": can_plan(request.user),
    }
    return render(request, "goals/programme.html", context)


def _panels(request: Request, programme: Programme) -> dict[str, list[dict[str, Any]]]:
    """Return what the apps above show of this programme, by column."""
    shown: dict[str, list[dict[str, Any]]] = {"main": [], "aside": []}
    for panel in sorted(registry.of(ProgrammePanel), key=lambda panel: panel.order):
        context = panel.context(programme, request.user, request.school)
        if context is not None:
            shown[panel.column].append({"template": panel.template, "context": context})
    return shown


@require_http_methods(["GET", "HEAD", "POST"])
def programme_add(request: Request) -> HttpResponse:
    need_planner(request)
    form = ProgrammeForm(request.POST or None, back=reverse("goals:programmes"))
    if request.method == "POST" and form.is_valid():
        landing = act_once(submission=submission_key(request.POST), act=lambda: _add(form, request.user))
        messages.success(request, _("Programme added."))
        return redirect(landing)
    return render(request, "goals/programme_form.html", {"form": form}, status=status_of(form))


def _add(form: ProgrammeForm, by: User) -> str:
    return add_programme(by=by, **_fields(form)).get_absolute_url()


def _fields(form: ProgrammeForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in form.Meta.fields}


@require_http_methods(["GET", "HEAD", "POST"])
def programme_edit(request: Request, pk: int) -> HttpResponse:
    need_planner(request)
    programme = get_object_or_404(Programme, pk=pk)
    form = ProgrammeForm(request.POST or None, instance=programme, back=programme.get_absolute_url())
    if request.method == "POST" and form.is_valid():
        return _save(request, programme, form)
    context = {"form": form, "programme": programme}
    return render(request, "goals/programme_form.html", context, status=status_of(form))


def _save(request: Request, programme: Programme, form: ProgrammeForm) -> HttpResponse:
    try:
        change_programme(programme=programme, opened=form.cleaned_data["version"], by=request.user, **_fields(form))
    except StaleRecordError:
        fresh = Programme.objects.get(pk=programme.pk)
        return conflict_response(request, form=form, record=fresh, back_url=request.path)
    messages.success(request, _("Programme saved."))
    return redirect(programme)
