"""What happens to a goal: agreed, held, resumed, closed, dropped; figures noted, targets changed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import Request
from goals.forms import CloseForm, DropForm, ReadingForm, TargetForm
from goals.models import Goal, Measure
from goals.page import GoalPage
from goals.rules import can_change, can_change_target, can_run
from goals.services import (
    agree_goal,
    change_target,
    close_goal,
    drop_goal,
    hold_goal,
    note_reading,
    resume_goal,
)
from goals.services.measures import NoChangeError, NoWayError
from goals.views.access import act, goal_or_404, need_planner, status_of
from ui.drafts import submission_key
from ui.services import act_once


@require_POST
def goal_agree(request: Request, pk: int) -> HttpResponse:
    goal = goal_or_404(pk)
    return act(request, goal, _("Goal agreed."), lambda: agree_goal(goal=goal, by=request.user))


@require_POST
def goal_hold(request: Request, pk: int) -> HttpResponse:
    goal = goal_or_404(pk)
    return act(request, goal, _("Goal put on hold."), lambda: hold_goal(goal=goal, by=request.user))


@require_POST
def goal_resume(request: Request, pk: int) -> HttpResponse:
    goal = goal_or_404(pk)
    return act(request, goal, _("The goal runs again."), lambda: resume_goal(goal=goal, by=request.user))


@require_http_methods(["GET", "HEAD", "POST"])
def goal_close(request: Request, pk: int) -> HttpResponse:
    goal = _goal_to_run(request, pk)
    form = CloseForm(request.POST or None, back=goal.get_absolute_url())
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        return act(request, goal, _("Goal closed."), lambda: close_goal(goal=goal, by=request.user, **data))
    words = {"title": _("Close the goal"), "text": _("Say what became of it. A closed goal stays on the board.")}
    return _form_page(request, goal, form, words)


@require_http_methods(["GET", "HEAD", "POST"])
def goal_drop(request: Request, pk: int) -> HttpResponse:
    goal = _goal_to_run(request, pk)
    form = DropForm(request.POST or None, back=goal.get_absolute_url())
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        return act(request, goal, _("Goal dropped."), lambda: drop_goal(goal=goal, by=request.user, reason=reason))
    words = {"title": _("Drop the goal"), "text": _("It leaves the board; its page and the reason are kept.")}
    return _form_page(request, goal, form, words)


def _goal_to_run(request: Request, pk: int) -> Goal:
    if not can_run(request.user):
        raise PermissionDenied
    return goal_or_404(pk)


def _form_page(request: Request, goal: Goal, form: BaseForm, words: dict[str, Any]) -> HttpResponse:
    context = {"goal": goal, "form": form, **words}
    return render(request, "goals/act_form.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def goal_reading(request: Request, pk: int) -> HttpResponse:
    """Note a figure by hand."""
    need_planner(request)
    goal = goal_or_404(pk)
    measure = _measure(goal)
    if measure.is_live or not can_change(request.user, goal):
        messages.warning(request, _("No figure is noted for this goal: Tandem counts it, or it is closed."))
        return redirect(goal)
    form = ReadingForm(request.POST or None, measure=measure, school=request.school, back=goal.get_absolute_url())
    if request.method == "POST" and form.is_valid():
        return redirect(act_once(submission=submission_key(request.POST), act=lambda: _note(request, measure, form)))
    words = {"title": _("Note a figure"), "text": _("A second figure for the same day takes the place of the first.")}
    return _form_page(request, goal, form, words)


def _measure(goal: Goal) -> Measure:
    return goal.measures.select_related("goal__cycle").earliest("order", "id")


def _note(request: Request, measure: Measure, form: ReadingForm) -> str:
    noted = note_reading(measure=measure, by=request.user, **form.cleaned_data)
    messages.success(request, _("Figure corrected.") if noted.is_correction else _("Figure noted."))
    return measure.goal.get_absolute_url()


@require_http_methods(["GET", "HEAD", "POST"])
def goal_target(request: Request, pk: int) -> HttpResponse:
    """Change what was agreed, with a reason that stays on the goal's page."""
    goal = _goal_to_run(request, pk)
    if not can_change_target(request.user, goal):
        messages.warning(request, _("The target is changed here once a goal is agreed, and until it is closed."))
        return redirect(goal)
    measure = _measure(goal)
    form = TargetForm(request.POST or None, measure=measure, goal=goal, back=goal.get_absolute_url())
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        if _changed(form, lambda: change_target(measure=measure, by=request.user, **fields)):
            messages.success(request, _("Target changed. What was agreed before stays on the page."))
            return redirect(goal)
    page = GoalPage(goal, request.user, request.school)
    words = {
        "title": _("Change the target"),
        "text": _("What was agreed stays on the page, with your reason."),
        "page": page,
    }
    return _form_page(request, goal, form, words)


def _changed(form: TargetForm, change: Callable[[], object]) -> bool:
    """Change the target and say whether that was possible; the form says what was not."""
    try:
        change()
    except NoChangeError:
        form.add_error("target", _("The target and its day are as they were. Change one of them."))
    except NoWayError:
        form.add_error("target", _("Between the start and this target there is no way to go in this direction."))
    return not form.errors
