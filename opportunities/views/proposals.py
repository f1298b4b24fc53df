"""The list of proposals, a proposal's page, and what colleagues do with it."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import Request
from opportunities.enums import AnswerKind
from opportunities.filters import PROPOSALS
from opportunities.forms.proposals import RecordForm, WithdrawForm
from opportunities.models import Proposal
from opportunities.page import ProposalPage
from opportunities.rules import can_propose, can_stop
from opportunities.services import (
    AlreadyDecidedError,
    Answer,
    NothingToSendError,
    NotOpenForAnswerError,
    NotWritableError,
    ProposalIncompleteError,
    StaleRoundError,
    record_answer,
    send_new_link,
    send_proposal,
    start_round,
    withdraw_proposal,
)
from roadmap.lifecycle import TransitionRefusedError
from ui.drafts import submission_key
from ui.responses import list_response
from ui.services import act_once

METHODS = ["GET", "HEAD", "POST"]


@require_safe
def proposal_list(request: Request) -> HttpResponseBase:
    queryset = Proposal.objects.select_related("organisation", "owner").defer("search_text")
    context = {"may_propose": can_propose(request.user), "today": request.school.today()}
    return list_response(request, PROPOSALS, queryset, "opportunities/proposal_list.html", context)


def _proposal(pk: int) -> Proposal:
    rows = Proposal.objects.select_related("organisation", "owner", "contact")
    return get_object_or_404(rows, pk=pk)


def _page(request: Request, proposal: Proposal) -> ProposalPage:
    return ProposalPage(proposal, request.user, request.school)


def _show(
    request: Request, proposal: Proposal, form: RecordForm | None = None, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    page = _page(request, proposal)
    if form is None and page.may_record and page.table:
        form = RecordForm(initial={"round": page.table.no})
    context = {"page": page, "proposal": proposal, "organisation": proposal.organisation, "form": form}
    return render(request, "opportunities/proposal.html", context, status=status)


@require_safe
def proposal_detail(request: Request, pk: int) -> HttpResponse:
    return _show(request, _proposal(pk))


@require_http_methods(METHODS)
def proposal_send(request: Request, pk: int) -> HttpResponse:
    """Ask once, naming who will get mail; then freeze the round and send its link."""
    if not can_propose(request.user):
        raise PermissionDenied
    proposal = _proposal(pk)
    page = _page(request, proposal)
    if request.method == "POST":
        return _send(request, proposal)
    if not page.may_edit:
        return _go(request, proposal, messages.WARNING, _("There is no round to send."))
    return render(request, "opportunities/send.html", {"page": page, "proposal": proposal})


def _send(request: Request, proposal: Proposal) -> HttpResponse:
    try:
        send_proposal(proposal=proposal, by=request.user)
    except ProposalIncompleteError:
        page = _page(request, _proposal(proposal.pk))
        context = {"page": page, "proposal": page.proposal}
        return render(request, "opportunities/send.html", context, status=HTTPStatus.CONFLICT)
    except NothingToSendError:
        return _go(request, proposal, messages.INFO, _("This round was sent already."))
    except NotWritableError:
        return _go(request, proposal, messages.WARNING, _("This proposal was closed meanwhile; nothing was sent."))
    return _go(request, proposal, messages.SUCCESS, _("Proposal sent. You hear from us when they answer."))


@require_POST
def proposal_round(request: Request, pk: int) -> HttpResponse:
    """Begin the next round and go on to write it."""
    try:
        proposal = start_round(proposal=_proposal(pk), by=request.user)
    except NotWritableError:
        return _go(request, _proposal(pk), messages.WARNING, _("This proposal is closed; start a new one."))
    return redirect("opportunities:proposal_edit", pk=proposal.pk)


@require_POST
def proposal_answer(request: Request, pk: int) -> HttpResponse:
    """Note what they said; on request go on to the next round at once."""
    if not can_propose(request.user):
        raise PermissionDenied
    proposal = _proposal(pk)
    form = RecordForm(request.POST)
    if not form.is_valid():
        return _show(request, proposal, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    values = form.cleaned_data
    answer = Answer(AnswerKind(values["kind"]), values["round"], values["words"], values["reason"])

    def note() -> str:
        record_answer(proposal=proposal, answer=answer, by=request.user)
        messages.success(request, _("Answer noted."))
        return proposal.get_absolute_url()

    return _act(request, proposal, note)


@require_POST
def proposal_link(request: Request, pk: int) -> HttpResponse:
    proposal = _proposal(pk)

    def send() -> str:
        link = send_new_link(proposal=proposal, by=request.user)
        words = _("New link sent to %(name)s. The former one no longer works.") % {"name": link.name}
        messages.success(request, words)
        return proposal.get_absolute_url()

    return _act(request, proposal, send)


def _act(request: Request, proposal: Proposal, act: Callable[[], str]) -> HttpResponse:
    try:
        return redirect(act_once(submission=submission_key(request.POST), act=act))
    except AlreadyDecidedError:
        return _go(request, proposal, messages.WARNING, _("This proposal was decided meanwhile; that answer stands."))
    except (NotOpenForAnswerError, NothingToSendError):
        return _go(request, proposal, messages.WARNING, _("This proposal does not lie with the partner."))
    except StaleRoundError:
        words = _("A newer round was sent meanwhile. Look at it, then note their answer.")
        return _go(request, proposal, messages.WARNING, words)


@require_http_methods(METHODS)
def proposal_withdraw(request: Request, pk: int) -> HttpResponse:
    if not can_stop(request.user):
        raise PermissionDenied
    proposal = _proposal(pk)
    page = _page(request, proposal)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_proposal(proposal=proposal, by=request.user, reason=form.cleaned_data["reason"])
        except TransitionRefusedError:
            return _go(request, proposal, messages.WARNING, _("It was decided or taken back meanwhile."))
        return _go(request, proposal, messages.SUCCESS, _("Proposal withdrawn."))
    if not page.may_withdraw:
        return _go(request, proposal, messages.WARNING, _("This proposal cannot be withdrawn now."))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = {"page": page, "proposal": proposal, "form": form}
    return render(request, "opportunities/withdraw.html", context, status=status)


def _go(request: Request, proposal: Proposal, level: int, words: str) -> HttpResponse:
    messages.add_message(request, level, words)
    return redirect(proposal)
