"""A goal's page, and writing goals down."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import Request
from goals.cycles import current_cycle
from goals.forms import DraftGoalForm, GoalForm
from goals.models import Goal, PlanningCycle
from goals.page import GoalPage
from goals.rules import can_add_to, can_change
from goals.services import add_goal, change_goal
from goals.views.access import goal_or_404, need_planner, status_of
from ui.conflicts import StaleRecordError
from ui.drafts import submission_key, typed_before
from ui.requests import number_in, way_back
from ui.responses import conflict_response
from ui.services import act_once, drop_draft

DRAFT = "goals.goal"


@require_safe
def goal_detail(request: Request, pk: int) -> HttpResponse:
    page = GoalPage(goal_or_404(pk), request.user, request.school)
    return render(request, "goals/detail.html", {"page": page, "goal": page.goal})


@require_http_methods(["GET", "HEAD", "POST"])
def goal_add(request: Request) -> HttpResponse:
    """Write down a goal of the year asked for, else of the current one; without a year, that comes first."""
    need_planner(request)
    cycle = _wanted_cycle(request)
    if cycle is None:
        messages.info(request, _("Goals belong to a year. Set it up first."))
        return redirect("goals:cycle_add")
    if not can_add_to(request.user, cycle):
        raise PermissionDenied
    form = DraftGoalForm(
        request.POST or None,
        initial=_begun(request, cycle),
        cycle=cycle,
        back=way_back(request, cycle.get_absolute_url()),
    )
    if request.method == "POST" and form.is_valid():
        return redirect(act_once(submission=submission_key(request.POST), act=lambda: _add(request, cycle, form)))
    return render(request, "goals/goal_form.html", {"form": form, "cycle": cycle}, status=status_of(form))


def _begun(request: Request, cycle: PlanningCycle) -> dict[str, Any]:
    """Return what the form begins with: the year's days, and what was typed before and not saved."""
    usual = {"owner": request.user.pk, "starts_on": cycle.starts_on, "due_on": cycle.ends_on}
    return {**usual, **typed_before(request.user, DRAFT)}


def _wanted_cycle(request: Request) -> PlanningCycle | None:
    if request.POST.get("cycle") or request.GET.get("cycle"):
        return get_object_or_404(PlanningCycle, pk=number_in(request, "cycle"))
    return current_cycle()


def _add(request: Request, cycle: PlanningCycle, form: DraftGoalForm) -> str:
    goal = add_goal(
        cycle=cycle,
        by=request.user,
        fields=form.fields_for_goal(),
        measure=form.fields_for_measure(),
        programmes=form.cleaned_data["programmes"],
    )
    drop_draft(owner=request.user, key=DRAFT)
    messages.success(request, _("Goal written down: “%(goal)s”.") % {"goal": goal.title})
    return way_back(request, goal.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
def goal_edit(request: Request, pk: int) -> HttpResponse:
    """Change a goal; of one that was agreed, days and figure are left to the page for targets."""
    need_planner(request)
    goal = goal_or_404(pk)
    if not can_change(request.user, goal):
        messages.warning(request, _("This goal is closed and stays as it is."))
        return redirect(goal)
    form = _edit_form(request, goal)
    if request.method == "POST" and form.is_valid():
        return _save(request, goal, form)
    context = {"form": form, "cycle": goal.cycle, "goal": goal}
    return render(request, "goals/goal_form.html", context, status=status_of(form))


def _edit_form(request: Request, goal: Goal) -> GoalForm:
    fields: dict[str, Any] = {"instance": goal, "back": goal.get_absolute_url()}
    if goal.is_agreed:
        return GoalForm(request.POST or None, **fields)
    measure = goal.measures.first()
    initial = DraftGoalForm.initial_of(measure) if measure else {}
    return DraftGoalForm(request.POST or None, initial=initial, cycle=goal.cycle, **fields)


def _save(request: Request, goal: Goal, form: GoalForm) -> HttpResponse:
    try:
        change_goal(
            goal=goal,
            opened=form.cleaned_data["version"],
            by=request.user,
            fields=form.fields_for_goal(),
            measure=form.fields_for_measure() if isinstance(form, DraftGoalForm) else None,
            programmes=form.cleaned_data["programmes"],
        )
    except StaleRecordError:
        fresh = Goal.objects.get(pk=goal.pk)
        back = reverse("goals:edit", args=[goal.pk])
        return conflict_response(request, form=form, record=fresh, back_url=back)
    messages.success(request, _("Goal saved."))
    return redirect(goal)
