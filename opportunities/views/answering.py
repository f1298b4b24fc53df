"""The partner's page: a proposal behind its emailed link, answered without account or JavaScript."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.services import current_school
from mailing.links import open_link, public_page
from opportunities.balance import balance_of
from opportunities.comparing import Comparison, compare
from opportunities.enums import AnswerKind
from opportunities.forms.proposals import AnswerForm
from opportunities.models import Proposal, ProposalLink, ProposalVersion
from opportunities.services import (
    AlreadyDecidedError,
    Answer,
    NotOpenForAnswerError,
    StaleRoundError,
    answer_by_link,
)
from ui.drafts import submission_key
from ui.services import act_once


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Show the newest round and the form, take the answer, or show what was answered."""
    link = open_link(request, ProposalLink, token, used_too=True)
    proposal = _proposal(link)
    version = _newest_sent(proposal)
    if not _is_open(proposal, version):
        return _closed(request, proposal, version)
    if request.method != "POST":
        return _show(request, link, proposal, version)
    form = AnswerForm(request.POST)
    if form.is_valid():
        return _answer(request, link, form)
    if _is_stale(request, version):
        return _stale(request, proposal, version)
    return _show(request, link, proposal, version, form)


def _proposal(link: ProposalLink) -> Proposal:
    rows = Proposal.objects.select_related("organisation", "owner")
    return get_object_or_404(rows, versions=link.version_id)


def _newest_sent(proposal: Proposal) -> ProposalVersion:
    """Return the round on the table, with its points. Where there is a link, there is one."""
    rows = proposal.versions.exclude(sent_at=None).select_related("sent_by").prefetch_related("items__programme")
    version = rows.latest("no")
    version.proposal = proposal
    return version


def _is_open(proposal: Proposal, version: ProposalVersion) -> bool:
    in_time = version.valid_until is None or version.valid_until >= current_school().today()
    return proposal.is_answerable and in_time


def _is_stale(request: HttpRequest, version: ProposalVersion) -> bool:
    shown = request.POST.get("round", "")
    return shown.isdecimal() and int(shown[:6]) < version.no


def _answer(request: HttpRequest, link: ProposalLink, form: AnswerForm) -> HttpResponse:
    values = form.cleaned_data
    given = Answer(AnswerKind(values["kind"]), values["round"], values["words"], values["reason"])

    def act() -> str:
        answer_by_link(link=link, answer=given)
        return request.path

    try:
        return redirect(act_once(submission=submission_key(request.POST), act=act))
    except StaleRoundError:
        proposal = _proposal(link)
        return _stale(request, proposal, _newest_sent(proposal))
    except (AlreadyDecidedError, NotOpenForAnswerError):
        proposal = _proposal(link)
        return _closed(request, proposal, _newest_sent(proposal))


def _compared(proposal: Proposal, version: ProposalVersion) -> Comparison | None:
    """Set the round beside the one that was sent before it."""
    sent = proposal.versions.exclude(sent_at=None).prefetch_related("items__programme")
    before = sent.filter(no__lt=version.no).order_by("-no").first()
    return compare(before, version, proposal.currency) if before else None


def _show(
    request: HttpRequest,
    link: ProposalLink,
    proposal: Proposal,
    version: ProposalVersion,
    form: AnswerForm | None = None,
) -> HttpResponse:
    items = list(version.items.all())
    comparison = _compared(proposal, version)
    context: dict[str, Any] = {
        "link": link,
        "proposal": proposal,
        "round": version,
        "points": [(item, comparison.change_of(item.line) if comparison else "") for item in items],
        "balance": balance_of(items),
        "starts_on": min((item.starts_on for item in items if item.starts_on), default=None),
        "comparison": comparison,
        "asked": version.answers.last() if proposal.status == "in_negotiation" else None,
        "form": form or AnswerForm(initial={"round": version.no}),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form else HTTPStatus.OK
    return render(request, "opportunities/public/proposal.html", context, status=status)


def _stale(request: HttpRequest, proposal: Proposal, version: ProposalVersion) -> HttpResponse:
    """Say that what was answered is no longer what is offered; the newest round is one click away."""
    context = {"proposal": proposal, "round": version, "typed": request.POST.get("words", "")[:2000]}
    return render(request, "opportunities/public/stale.html", context, status=HTTPStatus.CONFLICT)


def _closed(request: HttpRequest, proposal: Proposal, version: ProposalVersion) -> HttpResponse:
    """Show what was answered, or say that it was taken back or ran out."""
    given = version.answers.last() if proposal.is_decided else None
    again = request.method == "POST"
    context = {"proposal": proposal, "round": version, "given": given, "again": again}
    if given:
        return render(request, "opportunities/public/answered.html", context)
    return render(request, "opportunities/public/closed.html", context, status=HTTPStatus.GONE)
