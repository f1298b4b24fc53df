"""The board, and the years it shows: written down, agreed, begun, closed."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import Request
from goals.board import board_for
from goals.forms import CycleForm
from goals.models import PlanningCycle
from goals.services import add_cycle, agree_cycle, change_cycle, close_cycle, start_cycle
from goals.services.cycles import (
    CycleNotDraftError,
    CycleOverlapError,
    GoalsOpenError,
    NothingToAgreeError,
    OtherCycleRunsError,
)
from goals.views.access import act, need_planner, status_of
from ui.conflicts import StaleRecordError
from ui.drafts import submission_key
from ui.requests import number_in
from ui.responses import conflict_response
from ui.services import act_once

FIRST_MONTH, LAST_MONTH = 9, 7
MONTHS_IN_SPRING = 5


@require_safe
def board(request: Request) -> HttpResponse:
    cycle = None
    if request.GET.get("cycle"):
        years = PlanningCycle.objects.select_related("agreed_by")
        cycle = get_object_or_404(years, pk=number_in(request, "cycle"))
    page = board_for(request.user, request.school, cycle=cycle, state=request.GET.get("state", ""))
    return render(request, "goals/board.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def cycle_add(request: Request) -> HttpResponse:
    need_planner(request)
    form = CycleForm(request.POST or None, initial=_usual_year(request.school.today()), back=reverse("goals:board"))
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(act_once(submission=submission_key(request.POST), act=lambda: _add(request, form)))
        except CycleOverlapError as error:
            _say_overlap(form, error.other)
    return render(request, "goals/cycle_form.html", {"form": form}, status=status_of(form))


def _add(request: Request, form: CycleForm) -> str:
    cycle = add_cycle(by=request.user, **_fields(form))
    messages.success(request, _("%(year)s is set up. Find its goals now, or later.") % {"year": cycle.name})
    return reverse("goals:assessment", args=[cycle.pk])


def _fields(form: CycleForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in form.Meta.fields}


def _usual_year(today: dt.date) -> dict[str, Any]:
    """Suggest the school year after the last one written down, else the one that today lies in or comes next."""
    last = PlanningCycle.objects.order_by("-ends_on").first()
    first_year = today.year if today.month > MONTHS_IN_SPRING else today.year - 1
    if last is not None:
        first_year = last.ends_on.year
    return {
        "name": f"{first_year}/{(first_year + 1) % 100:02}",
        "starts_on": dt.date(first_year, FIRST_MONTH, 1),
        "ends_on": dt.date(first_year + 1, LAST_MONTH, 31),
    }


def _say_overlap(form: CycleForm, other: PlanningCycle) -> None:
    words = {
        "year": other.name,
        "first": date_format(other.starts_on, "j F Y"),
        "last": date_format(other.ends_on, "j F Y"),
    }
    sentence = _("These days overlap with %(year)s, which is agreed: %(first)s to %(last)s.")
    form.add_error("starts_on", sentence % words)


@require_http_methods(["GET", "HEAD", "POST"])
def cycle_edit(request: Request, pk: int) -> HttpResponse:
    need_planner(request)
    cycle = get_object_or_404(PlanningCycle, pk=pk)
    if not cycle.is_draft:
        messages.warning(request, _("%(year)s is agreed; its days and name stay as they are.") % {"year": cycle.name})
        return redirect(cycle)
    form = CycleForm(request.POST or None, instance=cycle, back=cycle.get_absolute_url())
    if request.method == "POST" and form.is_valid():
        answer = _change(request, cycle, form)
        if answer is not None:
            return answer
    return render(request, "goals/cycle_form.html", {"form": form, "cycle": cycle}, status=status_of(form))


def _change(request: Request, cycle: PlanningCycle, form: CycleForm) -> HttpResponse | None:
    try:
        change_cycle(cycle=cycle, opened=form.cleaned_data["version"], by=request.user, **_fields(form))
    except StaleRecordError:
        fresh = PlanningCycle.objects.get(pk=cycle.pk)
        return conflict_response(request, form=form, record=fresh, back_url=request.path)
    except CycleOverlapError as error:
        _say_overlap(form, error.other)
        return None
    except CycleNotDraftError:
        messages.warning(request, _("Nothing was saved: the year was agreed meanwhile."))
    else:
        messages.success(request, _("Saved."))
    return redirect(cycle)


@require_POST
def cycle_agree(request: Request, pk: int) -> HttpResponse:
    cycle = get_object_or_404(PlanningCycle, pk=pk)
    done = _("%(year)s is agreed, with its goals.") % {"year": cycle.name}
    try:
        return act(request, cycle, done, lambda: agree_cycle(cycle=cycle, by=request.user))
    except NothingToAgreeError:
        messages.warning(request, _("There is no goal to agree yet."))
    except CycleOverlapError as error:
        sentence = _("%(year)s shares days with %(other)s, which is agreed. Change the days first.")
        messages.warning(request, sentence % {"year": cycle.name, "other": error.other.name})
    return redirect(cycle)


@require_POST
def cycle_start(request: Request, pk: int) -> HttpResponse:
    cycle = get_object_or_404(PlanningCycle, pk=pk)
    done = _("%(year)s runs. Its goals are on Today and on the Roadmap.") % {"year": cycle.name}
    try:
        return act(request, cycle, done, lambda: start_cycle(cycle=cycle, by=request.user))
    except OtherCycleRunsError as error:
        messages.warning(request, _("%(year)s still runs. Close it first.") % {"year": error.other.name})
    return redirect(cycle)


@require_POST
def cycle_close(request: Request, pk: int) -> HttpResponse:
    cycle = get_object_or_404(PlanningCycle, pk=pk)
    done = _("%(year)s is closed.") % {"year": cycle.name}
    try:
        return act(request, cycle, done, lambda: close_cycle(cycle=cycle, by=request.user))
    except GoalsOpenError as error:
        sentence = ngettext(
            "%(n)s goal is open. Say what became of it, then close the year.",
            "%(n)s goals are open. Say what became of each, then close the year.",
            error.goals,
        )
        messages.warning(request, sentence % {"n": error.goals})
    return redirect(cycle)
