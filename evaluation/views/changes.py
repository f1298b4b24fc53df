"""What is changed because of it: the board, the list, one change and its steps."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import Request
from accounts.rules import can_edit
from evaluation.board import board, with_reasons
from evaluation.enums import ActionStatus
from evaluation.filters import CHANGES
from evaluation.forms import ChangeForm, StepForm
from evaluation.models import AdaptationAction, Finding
from evaluation.rules import may_move_change
from evaluation.services import ReasonNeededError, move_change, propose_change, rewrite_change
from evaluation.services.changes import ASKED_FOR
from roadmap.lifecycle import TransitionRefusedError
from ui.conflicts import StaleRecordError
from ui.drafts import submission_key
from ui.requests import number_in
from ui.responses import conflict_response, list_response
from ui.services import act_once

# What the button of a step says, and the icon before it.
STEPS: dict[str, tuple[Any, str]] = {
    ActionStatus.APPROVED: (gettext_lazy("Approve"), "check"),
    ActionStatus.DECLINED: (gettext_lazy("Decline with a reason"), "x"),
    ActionStatus.IN_PROGRESS: (gettext_lazy("Begin"), "arrow-right"),
    ActionStatus.IMPLEMENTED: (gettext_lazy("It is done"), "check"),
    ActionStatus.EFFECTIVE: (gettext_lazy("It worked"), "trending-up"),
    ActionStatus.NO_EFFECT: (gettext_lazy("It made no difference"), "minus"),
    ActionStatus.CLOSED: (gettext_lazy("They have been told"), "lock"),
    ActionStatus.PROPOSED: (gettext_lazy("Propose it again"), "rotate"),
}


@require_GET
def change_board(request: Request) -> HttpResponse:
    today = request.school.today()
    context = {
        "columns": board(),
        "late": AdaptationAction.objects.overdue(today).count(),
        "waiting": Finding.objects.to_decide().count(),
        "today": today,
        "can_edit": can_edit(request.user),
    }
    return render(request, "evaluation/changes.html", context)


@require_GET
def change_list(request: Request) -> HttpResponseBase:
    changes = with_reasons(AdaptationAction.objects.select_related("owner"))
    context = {"today": request.school.today(), "can_edit": can_edit(request.user)}
    return list_response(request, CHANGES, changes, "evaluation/change_list.html", context)


def _change(pk: int) -> AdaptationAction:
    return get_object_or_404(AdaptationAction.objects.select_related("owner", "approved_by", "created_by"), pk=pk)


@require_GET
def change_detail(request: Request, pk: int) -> HttpResponse:
    change = _change(pk)
    steps = [
        {"to": to, "label": STEPS[to][0], "icon": STEPS[to][1], "asks": to in ASKED_FOR}
        for to in STEPS
        if to in change.transitions.get(change.status, ()) and may_move_change(request.user, to=to)
    ]
    context = {
        "change": change,
        "findings": change.findings.select_related("organisation").order_by("-weight", "id"),
        "steps": steps,
        "can_edit": can_edit(request.user),
        "may_approve": may_move_change(request.user, to=ActionStatus.APPROVED),
        "is_late": change.is_late(request.school.today()),
    }
    return render(request, "evaluation/change.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change_add(request: Request) -> HttpResponse:
    if not can_edit(request.user):
        raise PermissionDenied
    findings = Finding.objects.filter(pk=number_in(request, "finding"))
    initial = {"findings": list(findings), "owner": request.user}
    form = ChangeForm(
        request.POST or None, initial=initial, school=request.school, cancel_url=reverse("evaluation:changes")
    )
    if request.method == "POST" and form.is_valid():
        return redirect(act_once(submission=submission_key(request.POST), act=lambda: _propose(request, form)))
    return render(request, "evaluation/change_form.html", {"form": form}, status=_status(form))


def _propose(request: Request, form: ChangeForm) -> str:
    found = form.cleaned_data["findings"]
    return propose_change(fields=form.fields_to_save(), findings=found, by=request.user).get_absolute_url()


def _status(form: ChangeForm | StepForm) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK


@require_http_methods(["GET", "HEAD", "POST"])
def change_edit(request: Request, pk: int) -> HttpResponse:
    if not can_edit(request.user):
        raise PermissionDenied
    change = _change(pk)
    form = ChangeForm(
        request.POST or None, instance=_change(pk), school=request.school, cancel_url=change.get_absolute_url()
    )
    if request.method == "POST" and form.is_valid():
        return _rewrite(request, change, form)
    return render(request, "evaluation/change_form.html", {"form": form, "change": change}, status=_status(form))


def _rewrite(request: Request, change: AdaptationAction, form: ChangeForm) -> HttpResponse:
    data = form.cleaned_data
    opened = data["version"] or change.version
    fields = form.fields_to_save()
    try:
        rewrite_change(change=change, opened=opened, fields=fields, findings=data["findings"], by=request.user)
    except StaleRecordError:
        return conflict_response(request, form=form, record=change, back_url=change.get_absolute_url())
    messages.success(request, _("Saved."))
    return redirect(change)


@require_http_methods(["GET", "HEAD", "POST"])
def change_step(request: Request, pk: int, to: str) -> HttpResponse:
    """Take a change one step on; a step that asks for something shows its form first."""
    change = _change(pk)
    if to not in STEPS:
        raise Http404
    step = ActionStatus(to)
    if not may_move_change(request.user, to=step):
        raise PermissionDenied
    asked_for = ASKED_FOR.get(step, ())
    data = request.POST if request.method == "POST" else None
    form = StepForm(data, instance=_change(pk), to=step, asked_for=asked_for, school=request.school)
    if request.method == "POST" and (not asked_for or form.is_valid()):
        return _step(request, change, step, form.cleaned_data if asked_for else {})
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    context = {"form": form, "change": change, "label": STEPS[step][0], "asks": bool(asked_for)}
    return render(request, "evaluation/change_step.html", context, status=status)


def _step(request: Request, change: AdaptationAction, to: ActionStatus, told: dict[str, Any]) -> HttpResponse:
    try:
        move_change(change=change, to=to, by=request.user, told=told)
    except TransitionRefusedError:
        messages.warning(request, _("This change has moved on meanwhile. Look at where it stands now."))
    except ReasonNeededError:
        messages.warning(request, _("Say why, or what came of it."))
    else:
        messages.success(request, _("“%(title)s”: %(status)s.") % {"title": change.title, "status": to.label})
    return redirect(change)
