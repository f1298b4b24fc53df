"""Starting a proposal and writing a round."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms.models import model_to_dict
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import Request
from opportunities.forms.proposals import MOST_POINTS, ItemForm, ItemRows, RoundForm, StartForm, item_choices
from opportunities.models import Proposal, ProposalVersion
from opportunities.rules import can_propose
from opportunities.services import NotWritableError, RoundText, draft_proposal, save_round
from outreach.finding import partners_of_late
from partnerships.models import Organisation
from partnerships.views.choosing import asked_partner, choose_partner
from ui.conflicts import StaleRecordError
from ui.drafts import submission_key
from ui.responses import conflict_response
from ui.rows import typed_rows
from ui.services import act_once

METHODS = ["GET", "HEAD", "POST"]
ROWS = "items"


@require_http_methods(METHODS)
def proposal_add(request: Request) -> HttpResponse:
    """Choose a partner, then say what it is to be about."""
    if not can_propose(request.user):
        raise PermissionDenied
    partner = asked_partner(request)
    if partner is None:
        up = (reverse("opportunities:proposals"), _("Proposals"))
        return choose_partner(request, heading=_("Start a proposal"), up=up, recent=partners_of_late)
    form = StartForm(request.POST or None, organisation=partner)
    if request.method == "POST" and form.is_valid():
        return redirect(act_once(submission=submission_key(request.POST), act=lambda: _begin(request, partner, form)))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "opportunities/start.html", {"partner": partner, "form": form}, status=status)


def _begin(request: Request, partner: Organisation, form: StartForm) -> str:
    proposal = draft_proposal(organisation=partner, by=request.user, **form.cleaned_data)
    return reverse("opportunities:proposal_edit", args=[proposal.pk])


@require_http_methods(METHODS)
def proposal_edit(request: Request, pk: int) -> HttpResponse:
    """Write the newest round. “Add a point” shows the form again with one more line and saves nothing."""
    proposal = get_object_or_404(Proposal.objects.select_related("organisation", "contact"), pk=pk)
    if not can_propose(request.user):
        raise PermissionDenied
    version = proposal.versions.latest("no")
    version.proposal = proposal
    if version.is_sent or not proposal.is_writable:
        messages.warning(request, _("There is no round being written: start the next one to change something."))
        return redirect(proposal)
    if request.method != "POST":
        form = RoundForm(instance=proposal, text=version, school=request.school)
        return _edit_page(request, proposal, version, form, _rows(version, initial=_saved(version)))
    if request.POST.get("add") == ROWS:
        return _one_more(request, proposal, version)
    form = RoundForm(request.POST, instance=proposal, text=version, school=request.school)
    rows = _rows(version, request.POST, initial=_saved(version))
    if not all([form.is_valid(), rows.is_valid()]):
        return _edit_page(request, proposal, version, form, rows, HTTPStatus.UNPROCESSABLE_ENTITY)
    return _save(request, proposal, form, rows)


def _rows(version: ProposalVersion, data: QueryDict | None = None, *, initial: list[dict[str, Any]]) -> Any:
    known = {"choices": item_choices(version.proposal), "is_first": version.no == 1}
    return ItemRows(data, prefix=ROWS, initial=initial, form_kwargs=known)


def _saved(version: ProposalVersion) -> list[dict[str, Any]]:
    fields = ["id", *ItemForm.Meta.fields]
    return [model_to_dict(item, fields) | {"id": item.pk} for item in version.items.all()]


def _one_more(request: Request, proposal: Proposal, version: ProposalVersion) -> HttpResponse:
    """Show again what was typed, unchecked, with one more line."""
    fields = [*RoundForm.Meta.fields, "intro", "changes", "valid_until", "version"]
    typed = {name: request.POST[name] for name in fields if name in request.POST}
    form = RoundForm(instance=proposal, text=version, school=request.school, typed=typed)
    typed_items = typed_rows(request.POST, ROWS, ItemForm.Meta.fields, most=MOST_POINTS)
    return _edit_page(request, proposal, version, form, _rows(version, initial=typed_items))


def _edit_page(
    request: Request,
    proposal: Proposal,
    version: ProposalVersion,
    form: RoundForm,
    rows: Any,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    context = {"proposal": proposal, "round": version, "form": form, "rows": rows, "may_add": len(rows) < MOST_POINTS}
    return render(request, "opportunities/edit.html", context, status=status)


def _save(request: Request, proposal: Proposal, form: RoundForm, rows: Any) -> HttpResponse:
    values = form.cleaned_data
    text = RoundText(
        proposal={name: values[name] for name in RoundForm.Meta.fields},
        version={name: values[name] for name in ("intro", "changes", "valid_until") if name in values},
        items=rows.rows(),
    )
    try:
        save_round(proposal=proposal, text=text, opened=values["version"], by=request.user)
    except StaleRecordError:
        fresh = Proposal.objects.get(pk=proposal.pk)
        back = reverse("opportunities:proposal_edit", args=[proposal.pk])
        return conflict_response(request, form=form, record=fresh, back_url=back)
    except NotWritableError:
        messages.warning(request, _("Nothing was saved: this round was sent or closed meanwhile."))
    else:
        messages.success(request, _("Proposal saved."))
    if request.POST.get("then") == "send":
        return redirect("opportunities:proposal_send", pk=proposal.pk)
    return redirect("opportunities:proposal", pk=proposal.pk)
