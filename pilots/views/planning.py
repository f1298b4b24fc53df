"""Planning a pilot and changing its plan; changing a criterion that was fixed."""

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
from opportunities.models import Proposal
from outreach.finding import partners_of_late
from partnerships.views.choosing import asked_partner, choose_partner
from pilots.forms import (
    FIRST_CRITERIA,
    MOST_CRITERIA,
    ChangeCriterionForm,
    CriterionRows,
    PilotForm,
)
from pilots.models import CRITERION_FIELDS, Pilot, SuccessCriterion
from pilots.prefill import REPEATED, Start, from_proposal, next_round
from pilots.rules import can_plan
from pilots.services import (
    AlreadyAgreedError,
    NothingChangedError,
    PilotClosedError,
    change_criterion,
    change_pilot,
    plan_pilot,
)
from ui.conflicts import StaleRecordError
from ui.drafts import submission_key
from ui.requests import number_in
from ui.responses import conflict_response
from ui.rows import typed_rows
from ui.services import act_once

CRITERIA = "criteria"


@dataclass
class PlanForms:
    """The form of a pilot and the table of its criteria, read or shown together."""

    main: PilotForm
    rows: Any

    @classmethod
    def of(cls, pilot: Pilot, data: QueryDict | None = None) -> PlanForms:
        known = [model_to_dict(row, ["id", *CRITERION_FIELDS]) | {"id": row.pk} for row in pilot.criteria.all()]
        return cls(
            PilotForm(data, instance=pilot, organisation=pilot.organisation),
            CriterionRows(data, prefix=CRITERIA, initial=known),
        )

    @classmethod
    def new(cls, start: Start, by: Any) -> PlanForms:
        empty: list[dict[str, Any]] = [{} for _n in range(FIRST_CRITERIA)]
        fields = {"owner": by.pk, **start.fields}
        form = PilotForm(instance=_unsaved(start), organisation=start.organisation, typed=fields)
        return cls(form, CriterionRows(prefix=CRITERIA, initial=start.criteria or empty))

    @classmethod
    def read(cls, start: Start, data: QueryDict) -> PlanForms:
        form = PilotForm(data, instance=_unsaved(start), organisation=start.organisation)
        return cls(form, CriterionRows(data, prefix=CRITERIA))

    @classmethod
    def typed(cls, pilot: Pilot, data: QueryDict) -> PlanForms:
        """Show again what was typed, unchecked, with one more criterion."""
        typed = {name: data.get(name) for name in PilotForm.base_fields if name in data}
        rows = typed_rows(data, CRITERIA, CRITERION_FIELDS, most=MOST_CRITERIA)
        form = PilotForm(instance=pilot, organisation=pilot.organisation, typed=typed)
        return cls(form, CriterionRows(prefix=CRITERIA, initial=rows))

    def is_valid(self) -> bool:
        return all([self.main.is_valid(), self.main.instance.is_fixed or self.rows.is_valid()])

    def plan(self) -> Any:
        return self.main.plan([] if self.main.instance.is_fixed else self.rows.rows())


def _unsaved(start: Start) -> Pilot:
    return Pilot(organisation=start.organisation)


@require_http_methods(["GET", "HEAD", "POST"])
def pilot_add(request: Request) -> HttpResponse:
    """Choose a partner, then plan; or start from a proposal or the pilot before."""
    if not can_plan(request.user):
        raise PermissionDenied
    start = _start(request)
    if start is None:
        up = (reverse("pilots:list"), _("Pilots"))
        return choose_partner(request, heading=_("Plan a pilot"), up=up, recent=partners_of_late)
    if request.method != "POST":
        return _add_page(request, start, PlanForms.new(start, request.user))
    if request.POST.get("add") == CRITERIA:
        return _add_page(request, start, PlanForms.typed(_unsaved(start), request.POST))
    forms = PlanForms.read(start, request.POST)
    if not forms.is_valid():
        return _add_page(request, start, forms, HTTPStatus.UNPROCESSABLE_ENTITY)
    return redirect(act_once(submission=submission_key(request.POST), act=lambda: _plan(request, start, forms)))


def _plan(request: Request, start: Start, forms: PlanForms) -> str:
    pilot = plan_pilot(
        organisation=start.organisation,
        plan=forms.plan(),
        by=request.user,
        proposal=start.proposal,
        follows=start.follows,
    )
    messages.success(request, _("Pilot written down."))
    return pilot.get_absolute_url()


def _start(request: Request) -> Start | None:
    """Return what the new pilot starts from, by the address or the form."""
    after, begun = number_in(request, "after"), number_in(request, "proposal")
    if pilot := Pilot.objects.filter(pk=after, status__in=REPEATED).select_related("organisation").first():
        return next_round(pilot)
    if proposal := Proposal.objects.filter(pk=begun).select_related("organisation").first():
        return from_proposal(proposal)
    partner = asked_partner(request)
    return Start(partner) if partner else None


def _add_page(request: Request, start: Start, forms: PlanForms, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    context = {"start": start, "form": forms.main, "rows": forms.rows, "action": reverse("pilots:add")}
    return render(request, "pilots/add.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def pilot_edit(request: Request, pk: int) -> HttpResponse:
    """Change the plan. “Add a criterion” shows the form again with one more line and saves nothing."""
    pilot = get_object_or_404(Pilot.objects.select_related("organisation"), pk=pk)
    if not can_plan(request.user):
        raise PermissionDenied
    if not pilot.is_open:
        messages.warning(request, _("This pilot is closed: it was decided or called off."))
        return redirect(pilot)
    if request.method != "POST":
        return _edit_page(request, pilot, PlanForms.of(pilot))
    if request.POST.get("add") == CRITERIA and not pilot.is_fixed:
        return _edit_page(request, pilot, PlanForms.typed(pilot, request.POST))
    forms = PlanForms.of(pilot, request.POST)
    if not forms.is_valid():
        return _edit_page(request, pilot, forms, HTTPStatus.UNPROCESSABLE_ENTITY)
    return _save(request, pilot, forms)


def _edit_page(request: Request, pilot: Pilot, forms: PlanForms, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    action = reverse("pilots:edit", args=[pilot.pk])
    context = {"pilot": pilot, "form": forms.main, "rows": forms.rows, "action": action}
    return render(request, "pilots/edit.html", context, status=status)


def _save(request: Request, pilot: Pilot, forms: PlanForms) -> HttpResponse:
    opened = forms.main.cleaned_data["version"] or 0
    fresh = get_object_or_404(Pilot.objects.select_related("organisation"), pk=pilot.pk)
    try:
        change_pilot(pilot=fresh, plan=forms.plan(), opened=opened, by=request.user)
    except StaleRecordError:
        back = reverse("pilots:edit", args=[pilot.pk])
        return conflict_response(request, form=forms.main, record=fresh, back_url=back)
    except AlreadyAgreedError:
        words = _("The money was agreed to with the plan. Take the pilot back into planning to change it.")
        forms.main.add_error("budget_planned", words)
        return _edit_page(request, fresh, forms, HTTPStatus.UNPROCESSABLE_ENTITY)
    except PilotClosedError:
        messages.warning(request, _("Nothing was saved: the pilot was decided or called off meanwhile."))
    else:
        messages.success(request, _("Pilot saved."))
    return redirect(fresh)


@require_http_methods(["GET", "HEAD", "POST"])
def criterion_change(request: Request, pk: int) -> HttpResponse:
    """Change one criterion after the first day, with a reason; what it was stays on record."""
    criterion = get_object_or_404(SuccessCriterion.objects.select_related("pilot__organisation"), pk=pk)
    if not can_plan(request.user):
        raise PermissionDenied
    pilot = criterion.pilot
    if not (pilot.is_fixed and pilot.is_open):
        messages.warning(request, _("This criterion is changed with the plan, or no longer at all."))
        return redirect(pilot)
    form = ChangeCriterionForm(request.POST or None, instance=criterion)
    if request.method == "POST" and form.is_valid() and _changed(request, form):
        return redirect(pilot)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "pilots/criterion.html", {"pilot": pilot, "form": form}, status=status)


def _changed(request: Request, form: ChangeCriterionForm) -> bool:
    values = dict(form.cleaned_data)
    try:
        change_criterion(criterion=form.instance, changes=values, reason=values["reason"], by=request.user)
    except NothingChangedError:
        form.add_error(None, _("Nothing is different from before."))
        return False
    except PilotClosedError:
        messages.warning(request, _("Nothing was saved: the pilot was decided or called off meanwhile."))
    else:
        messages.success(request, _("Criterion changed. What it was stays on record."))
    return True
