"""What the views of goals share."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _

from accounts.http import Request
from goals.models import Goal
from goals.rules import can_plan
from roadmap.lifecycle import TransitionRefusedError

DONE_ALREADY = _("Somebody did this already, or it can no longer be done.")


def need_planner(request: Request) -> None:
    if not can_plan(request.user):
        raise PermissionDenied


def goal_or_404(pk: int) -> Goal:
    return get_object_or_404(Goal.objects.select_related("cycle", "owner", "agreed_by"), pk=pk)


def status_of(form: BaseForm) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound and form.errors else HTTPStatus.OK


def act(request: Request, record: Any, done: str, doing: Callable[[], object]) -> HttpResponse:
    """Do what a button asks for, say so, and go back to the record."""
    try:
        doing()
    except TransitionRefusedError:
        messages.warning(request, DONE_ALREADY)
    else:
        messages.success(request, done)
    return redirect(record)
