"""The list, a pilot's page, and what is done with it."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import Request
from pilots.filters import PILOTS
from pilots.forms import CallOffForm, DecisionForm, ResultsForm
from pilots.models import Pilot
from pilots.page import PilotPage
from pilots.rules import can_call_off, can_plan
from pilots.services import (
    LessonNeededError,
    NotApprovedError,
    NotRecordableError,
    ReasonNeededError,
    ResultsMissingError,
    approve_pilot,
    call_off_pilot,
    decide_pilot,
    deliver_pilot,
    plan_again,
    reconsider_pilot,
    record_results,
    schedule_pilot,
    start_pilot,
)
from roadmap.lifecycle import TransitionRefusedError
from roadmap.slots import Words
from ui.conflicts import StaleRecordError
from ui.responses import conflict_response, list_response

# What a button on the page does: its name in the address, the service, and what is said afterwards.
MOVES: dict[str, tuple[Callable[..., Pilot], Words]] = {
    "approve": (approve_pilot, gettext_lazy("Approved. It can be scheduled now.")),
    "schedule": (schedule_pilot, gettext_lazy("Scheduled. It begins by itself on its first day.")),
    "plan-again": (plan_again, gettext_lazy("Back in planning.")),
    "start": (start_pilot, gettext_lazy("Running. Its criteria are fixed from now on.")),
    "deliver": (deliver_pilot, gettext_lazy("It is over. Write down what came of it.")),
    "reconsider": (reconsider_pilot, gettext_lazy("The decision was taken back.")),
}


@require_safe
def pilot_list(request: Request) -> HttpResponseBase:
    queryset = Pilot.objects.select_related("organisation", "owner", "programme")
    return list_response(request, PILOTS, queryset, "pilots/list.html", {"may_plan": can_plan(request.user)})


def _pilot(pk: int) -> Pilot:
    related = ("organisation", "contact", "owner", "programme", "proposal", "follows", "approved_by", "decided_by")
    return get_object_or_404(Pilot.objects.select_related(*related), pk=pk)


@require_safe
def pilot_detail(request: Request, pk: int) -> HttpResponse:
    page = PilotPage(_pilot(pk), request.user, request.school)
    form = DecisionForm(pilot=page.pilot, criteria=page.criteria) if page.may_decide else None
    return render(request, "pilots/detail.html", {"page": page, "pilot": page.pilot, "form": form})


@require_POST
def pilot_move(request: Request, pk: int, act: str) -> HttpResponse:
    """Do what one of the buttons says."""
    if act not in MOVES:
        raise Http404
    service, words = MOVES[act]
    pilot = get_object_or_404(Pilot, pk=pk)
    try:
        service(pilot=pilot, by=request.user)
    except TransitionRefusedError:
        messages.warning(request, _("Nothing was done: the pilot has moved on meanwhile."))
    except NotApprovedError:
        messages.warning(request, _("It costs money: the director has to approve it first."))
    else:
        messages.success(request, str(words))
    return redirect(pilot)


@require_http_methods(["GET", "HEAD", "POST"])
def pilot_call_off(request: Request, pk: int) -> HttpResponse:
    if not can_call_off(request.user):
        raise PermissionDenied
    pilot = _pilot(pk)
    page = PilotPage(pilot, request.user, request.school)
    form = CallOffForm(request.POST or None)
    if not page.may_call_off:
        messages.warning(request, _("This pilot can no longer be called off."))
        return redirect(pilot)
    if request.method == "POST" and form.is_valid():
        try:
            call_off_pilot(pilot=pilot, reason=form.cleaned_data["reason"], by=request.user)
        except TransitionRefusedError:
            messages.warning(request, _("This pilot can no longer be called off."))
        else:
            messages.success(request, _("Pilot called off."))
        return redirect(pilot)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "pilots/call_off.html", {"pilot": pilot, "form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def pilot_results(request: Request, pk: int) -> HttpResponse:
    """Write down what was measured; results may come in one by one."""
    pilot = _pilot(pk)
    if not can_plan(request.user):
        raise PermissionDenied
    if not PilotPage(pilot, request.user, request.school).may_record:
        messages.warning(request, _("Results are recorded once a pilot with criteria runs, until it is decided."))
        return redirect(pilot)
    form = ResultsForm(request.POST or None, instance=pilot)
    if request.method == "POST" and form.is_valid():
        return _record(request, form)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "pilots/results.html", {"pilot": pilot, "form": form}, status=status)


def _record(request: Request, form: ResultsForm) -> HttpResponse:
    fresh = _pilot(form.instance.pk)
    opened = form.cleaned_data["version"]
    try:
        record_results(pilot=fresh, results=form.results(), opened=opened, by=request.user)
    except StaleRecordError:
        back = reverse("pilots:results", args=[fresh.pk])
        return conflict_response(request, form=form, record=fresh, back_url=back)
    except NotRecordableError:
        messages.warning(request, _("Nothing was saved: the pilot was decided or called off meanwhile."))
    else:
        messages.success(request, _("Results saved."))
    return redirect(fresh)


@require_http_methods(["GET", "HEAD", "POST"])
def pilot_decide(request: Request, pk: int) -> HttpResponse:
    """Decide what follows. Without a result on every must-have the page says so beside each of them."""
    if not can_plan(request.user):
        raise PermissionDenied
    pilot = _pilot(pk)
    page = PilotPage(pilot, request.user, request.school)
    if not page.is_to_decide:
        messages.warning(request, _("There is nothing to decide: the pilot is not over, or it was decided."))
        return redirect(pilot)
    form = DecisionForm(request.POST or None, pilot=pilot, criteria=page.criteria)
    if request.method == "POST" and form.is_valid() and _decided(request, pilot, form):
        return redirect(pilot)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    context = {"page": page, "pilot": pilot, "form": form, "is_asked": request.method == "POST"}
    return render(request, "pilots/decide.html", context, status=status)


def _decided(request: Request, pilot: Pilot, form: DecisionForm) -> bool:
    try:
        decided = decide_pilot(pilot=pilot, decision=form.made(), by=request.user)
    except (ResultsMissingError, ReasonNeededError, LessonNeededError):
        form.add_error(None, _("Results are missing or have changed meanwhile. Look at the criteria once more."))
        return False
    except TransitionRefusedError:
        messages.warning(request, _("Nothing was done: the pilot has moved on meanwhile."))
        return True
    messages.success(request, _("Decided: %(decision)s.") % {"decision": decided.get_status_display()})
    return True
