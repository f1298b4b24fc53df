"""What was learned: the list and its grid, one finding, and the decision about it."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import Request
from accounts.rules import can_edit
from evaluation.board import grid
from evaluation.filters import FINDINGS
from evaluation.forms import DeclineForm, FindingForm
from evaluation.models import Answer, Finding, Response, Wave
from evaluation.results import is_enough
from evaluation.rules import can_decide_finding, can_see_names
from evaluation.services import accept_finding, change_finding, decline_finding, make_finding, reopen_finding
from partnerships.models import Organisation
from roadmap.lifecycle import TransitionRefusedError
from ui.conflicts import StaleRecordError
from ui.drafts import submission_key
from ui.requests import number_in
from ui.responses import conflict_response, list_response
from ui.services import act_once

DECIDE_DAYS = 30


@require_GET
def finding_list(request: Request) -> HttpResponseBase:
    findings = Finding.objects.select_related("organisation", "programme")
    context: dict[str, Any] = _rights(request)
    if not request.htmx and "export" not in request.GET:
        to_decide = Finding.objects.to_decide()
        oldest = to_decide.order_by("created_at").values_list("created_at", flat=True).first()
        context |= {
            "grid": grid(to_decide),
            "waiting": to_decide.count(),
            "waits": (request.school.today() - request.school.today(oldest)).days if oldest else None,
            "decide_days": DECIDE_DAYS,
        }
    return list_response(request, FINDINGS, findings, "evaluation/findings.html", context)


def _rights(request: Request) -> dict[str, Any]:
    return {
        "can_edit": can_edit(request.user),
        "can_decide": can_decide_finding(request.user),
        "can_see_names": can_see_names(request.user),
    }


def _finding(pk: int) -> Finding:
    found = Finding.objects.select_related("organisation", "programme", "wave", "response", "decided_by", "created_by")
    return get_object_or_404(found, pk=pk)


@require_GET
def finding_detail(request: Request, pk: int) -> HttpResponse:
    finding = _finding(pk)
    context = {"finding": finding, "changes": finding.actions.select_related("owner").order_by("due_on", "id")}
    return render(request, "evaluation/finding.html", context | _rights(request))


@require_http_methods(["GET", "HEAD", "POST"])
def finding_add(request: Request) -> HttpResponse:
    """Write down a finding; the address may say what it rests on."""
    if not can_edit(request.user):
        raise PermissionDenied
    source = _source(request)
    form = FindingForm(request.POST or None, initial=source, cancel_url=reverse("evaluation:findings"))
    if request.method == "POST" and form.is_valid():
        fields = {name: source.get(name) for name in ("wave", "response", "organisation")} | form.fields_to_save()
        return redirect(
            act_once(
                submission=submission_key(request.POST),
                act=lambda: make_finding(fields=fields, by=request.user).get_absolute_url(),
            )
        )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "evaluation/finding_form.html", {"form": form, "source": source}, status=status)


def _source(request: Request) -> dict[str, Any]:
    """Return what the address names: a written answer, an answer sheet, a round, a partner. Raises Http404."""
    if answer := _named(request, "answer", Answer.objects.select_related("response__wave", "response__organisation")):
        return _from_response(request, answer.response) | {"words": f"“{answer.text}”"}
    answers = Response.objects.submitted().of_firms().select_related("wave", "organisation")
    if response := _named(request, "response", answers):
        return _from_response(request, response)
    if wave := _named(request, "wave", Wave.objects.all()):
        return {"wave": wave}
    if partner := _named(request, "partner", Organisation.objects.on_file()):
        return {"organisation": partner}
    return {}


def _named(request: Request, name: str, rows: Any) -> Any:
    key = number_in(request, name)
    return get_object_or_404(rows, pk=key) if key else None


def _from_response(request: Request, response: Response) -> dict[str, Any]:
    """A firm's answer names its firm; a student's names nobody, and nothing before enough of them are in."""
    if response.organisation:
        return {"wave": response.wave, "response": response, "organisation": response.organisation}
    if not is_enough(response.wave, least=request.school.min_group_size_students):
        raise Http404
    return {"wave": response.wave}


@require_http_methods(["GET", "HEAD", "POST"])
def finding_change(request: Request, pk: int) -> HttpResponse:
    if not can_edit(request.user):
        raise PermissionDenied
    finding = _finding(pk)
    form = FindingForm(request.POST or None, instance=_finding(pk), cancel_url=finding.get_absolute_url())
    if request.method == "POST" and form.is_valid():
        opened = form.cleaned_data["version"] or finding.version
        try:
            change_finding(finding=finding, opened=opened, fields=form.fields_to_save(), by=request.user)
        except StaleRecordError:
            return conflict_response(request, form=form, record=finding, back_url=finding.get_absolute_url())
        messages.success(request, _("Saved."))
        return redirect(finding)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "evaluation/finding_form.html", {"form": form, "finding": finding}, status=status)


@require_POST
def finding_accept(request: Request, pk: int) -> HttpResponse:
    return _decide(request, pk, accept_finding, _("Accepted. Now say what will change, by whom and when."))


@require_POST
def finding_reopen(request: Request, pk: int) -> HttpResponse:
    return _decide(request, pk, reopen_finding, _("It is to be decided again."))


def _decide(request: Request, pk: int, act: Callable[..., Finding], done: str) -> HttpResponse:
    finding = _finding(pk)
    try:
        act(finding=finding, by=request.user)
    except TransitionRefusedError:
        messages.warning(request, _("Somebody decided this already."))
    else:
        messages.success(request, done)
    return redirect(finding)


@require_http_methods(["GET", "HEAD", "POST"])
def finding_decline(request: Request, pk: int) -> HttpResponse:
    if not can_decide_finding(request.user):
        raise PermissionDenied
    finding = _finding(pk)
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():

        def decline(*, finding: Finding, by: Any) -> Finding:
            return decline_finding(finding=finding, reason=form.cleaned_data["reason"], by=by)

        return _decide(request, pk, decline, _("Declined, with your reason."))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return render(request, "evaluation/finding_decline.html", {"form": form, "finding": finding}, status=status)
