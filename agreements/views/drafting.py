"""Starting an agreement and writing its draft."""

from __future__ import annotations

from dataclasses import dataclass
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
from accounts.models import User
from agreements import basic_mou
from agreements.forms import (
    MOST_ROWS,
    AgreementForm,
    ClauseForm,
    ClauseRows,
    ContributionForm,
    ContributionRows,
    ObligationForm,
    ObligationRows,
    SignatoryForm,
    SignatoryRows,
)
from agreements.models import Agreement
from agreements.placeholders import FIGURES
from agreements.rules import can_draft
from agreements.services import (
    DraftedAlreadyError,
    DraftText,
    NothingToPutInWritingError,
    draft_agreement,
    draft_from_pilot,
    draft_from_proposal,
    save_draft,
)
from agreements.services.drafting import NotADraftError
from opportunities.models import Proposal
from outreach.finding import partners_of_late
from partnerships.models import Organisation
from partnerships.views.choosing import asked_partner, choose_partner
from pilots.models import Pilot
from ui.conflicts import StaleRecordError
from ui.drafts import submission_key
from ui.requests import number_in
from ui.responses import conflict_response
from ui.rows import typed_rows
from ui.services import act_once

ROWS: dict[str, tuple[Any, Any]] = {
    "obligations": (ObligationRows, ObligationForm),
    "contributions": (ContributionRows, ContributionForm),
    "signatories": (SignatoryRows, SignatoryForm),
    "clauses": (ClauseRows, ClauseForm),
}


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_add(request: Request) -> HttpResponse:
    """Choose a partner, or come from a pilot or an accepted proposal; then begin a draft from the template."""
    if not can_draft(request.user):
        raise PermissionDenied
    begin = Beginning.of(request)
    if begin is None:
        up = (reverse("agreements:list"), _("Agreements"))
        return choose_partner(request, heading=_("Start an agreement"), up=up, recent=partners_of_late)
    if request.method == "POST":
        return _begin(request, begin)
    return render(request, "agreements/add.html", {"begin": begin, "intro": basic_mou.INTRO})


@dataclass(frozen=True)
class Beginning:
    """What a new agreement is begun from."""

    partner: Organisation
    pilot: Pilot | None = None
    proposal: Proposal | None = None

    @classmethod
    def of(cls, request: Request) -> Beginning | None:
        pilot = Pilot.objects.filter(pk=number_in(request, "pilot")).select_related("organisation").first()
        if pilot:
            return cls(pilot.organisation, pilot=pilot)
        begun = number_in(request, "proposal")
        proposal = Proposal.objects.filter(pk=begun).select_related("organisation").first()
        if proposal:
            return cls(proposal.organisation, proposal=proposal)
        partner = asked_partner(request)
        return cls(partner) if partner else None

    def draft(self, by: User) -> Agreement:
        if self.pilot:
            return draft_from_pilot(pilot=self.pilot, by=by)
        if self.proposal:
            return draft_from_proposal(proposal=self.proposal, by=by)
        return draft_agreement(organisation=self.partner, by=by)


def _begin(request: Request, begin: Beginning) -> HttpResponse:
    def act() -> str:
        return reverse("agreements:edit", args=[begin.draft(request.user).pk])

    try:
        return redirect(act_once(submission=submission_key(request.POST), act=act))
    except DraftedAlreadyError as error:
        messages.info(request, _("There is an agreement from this already."))
        return redirect(error.agreement)
    except NothingToPutInWritingError:
        messages.warning(request, _("Nothing was begun: the pilot is not over, or the proposal is not accepted."))
        return redirect(begin.pilot or begin.proposal or "agreements:list")


@dataclass
class DraftForms:
    """The draft's form and its tables, read or shown together."""

    main: AgreementForm
    tables: dict[str, Any]

    @classmethod
    def of(cls, agreement: Agreement, data: QueryDict | None = None) -> DraftForms:
        tables = {
            name: rows(data, prefix=name, initial=_initial(agreement, name, form))
            for name, (rows, form) in ROWS.items()
        }
        return cls(AgreementForm(data, instance=agreement), tables)

    @classmethod
    def typed(cls, agreement: Agreement, data: QueryDict) -> DraftForms:
        """Show again what was typed, unchecked, with one more line in the table that asks for it."""
        tables = {
            name: rows(prefix=name, initial=typed_rows(data, name, form.Meta.fields, most=MOST_ROWS))
            for name, (rows, form) in ROWS.items()
        }
        typed = {name: data.get(name) for name in AgreementForm.base_fields}
        return cls(AgreementForm(instance=agreement, typed=typed), tables)

    def is_valid(self) -> bool:
        return all([self.main.is_valid(), *(rows.is_valid() for rows in self.tables.values())])

    def text(self) -> DraftText:
        fields = {name: self.main.cleaned_data[name] for name in AgreementForm.Meta.fields}
        rows = {name: table.rows() for name, table in self.tables.items()}
        clauses = {row["id"]: {"title": row["title"], "body": row["body"]} for row in rows.pop("clauses") if row["id"]}
        return DraftText(fields=fields, clauses=clauses, **rows)


def _initial(agreement: Agreement, name: str, form: Any) -> list[dict[str, Any]]:
    rows = getattr(agreement, name).all()
    if name == "clauses":
        rows = rows.filter(is_locked=False)
    return [model_to_dict(row, ["id", *form.Meta.fields]) | {"id": row.pk} for row in rows]


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_edit(request: Request, pk: int) -> HttpResponse:
    """Write the draft. “Add a line” shows the form again with one more line and saves nothing."""
    agreement = get_object_or_404(Agreement.objects.select_related("organisation", "template"), pk=pk)
    if not can_draft(request.user):
        raise PermissionDenied
    if not agreement.is_draft:
        messages.warning(request, _("The text is frozen: the agreement is no longer a draft."))
        return redirect(agreement)
    if request.method != "POST":
        return _edit_page(request, agreement, DraftForms.of(agreement))
    if request.POST.get("add") in ROWS:
        return _edit_page(request, agreement, DraftForms.typed(agreement, request.POST))
    forms = DraftForms.of(agreement, request.POST)
    if not forms.is_valid():
        return _edit_page(request, agreement, forms, HTTPStatus.UNPROCESSABLE_ENTITY)
    return _save(request, agreement, forms)


def _edit_page(
    request: Request, agreement: Agreement, forms: DraftForms, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    context = {
        "agreement": agreement,
        "form": forms.main,
        "tables": forms.tables,
        "locked": agreement.clauses.filter(is_locked=True),
        "figures": FIGURES,
    }
    return render(request, "agreements/edit.html", context, status=status)


def _save(request: Request, agreement: Agreement, forms: DraftForms) -> HttpResponse:
    try:
        save_draft(agreement=agreement, text=forms.text(), opened=forms.main.cleaned_data["version"], by=request.user)
    except StaleRecordError:
        fresh = Agreement.objects.get(pk=agreement.pk)
        back = reverse("agreements:edit", args=[agreement.pk])
        return conflict_response(request, form=forms.main, record=fresh, back_url=back)
    except NotADraftError:
        messages.warning(request, _("Nothing was saved: the agreement was sent meanwhile and its text is frozen."))
    else:
        messages.success(request, _("Agreement saved."))
    return redirect(agreement)
