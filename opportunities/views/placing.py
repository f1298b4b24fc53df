"""Placements, openings and students: lists, pages, and what colleagues do with them."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import Request
from opportunities.coverage import coverage_of
from opportunities.enums import OpeningStatus, PlacementStatus
from opportunities.filters import OPENINGS, PLACEMENTS
from opportunities.forms.placements import EndForm, PlacementForm
from opportunities.models import Opening, Placement
from opportunities.rules import can_place
from opportunities.services import (
    PlacementRefusedError,
    ReasonMissingError,
    change_placement,
    move_opening,
    move_placement,
    plan_placement,
)
from opportunities.years import year_of
from roadmap.lifecycle import TransitionRefusedError
from ui.conflicts import StaleRecordError
from ui.drafts import submission_key
from ui.responses import conflict_response, list_response
from ui.services import act_once

METHODS = ["GET", "HEAD", "POST"]
NEWEST = 4


@require_safe
def placement_list(request: Request) -> HttpResponseBase:
    """Coverage by programme, then every placement."""
    rows = Placement.objects.select_related("student", "opening__organisation", "programme")
    context: dict[str, Any] = {"may_place": can_place(request.user)}
    if not request.htmx and "export" not in request.GET:
        context |= _overview(request)
    return list_response(request, PLACEMENTS, rows, "opportunities/placement_list.html", context)


def _overview(request: Request) -> dict[str, Any]:
    year = year_of(request.school.today())
    newest = Opening.objects.with_free_places().select_related("organisation").order_by("-status_since", "-id")
    ended = Placement.objects.within(year.start, year.end).aggregate(
        completed=Count("pk", filter=Q(status=PlacementStatus.COMPLETED)),
        ended_early=Count("pk", filter=Q(status=PlacementStatus.ENDED_EARLY)),
        under_way=Count("pk", filter=Q(status=PlacementStatus.ACTIVE)),
    )
    return {"year": year, "coverages": coverage_of(year), "newest": newest[:NEWEST], "ended": ended}


@require_safe
def opening_list(request: Request) -> HttpResponseBase:
    rows = Opening.objects.select_related("organisation", "programme").defer("search_text")
    context = {"may_place": can_place(request.user)}
    return list_response(request, OPENINGS, rows, "opportunities/opening_list.html", context)


@require_safe
def opening_detail(request: Request, pk: int) -> HttpResponse:
    opening = get_object_or_404(Opening.objects.select_related("organisation", "programme"), pk=pk)
    placements = opening.placements.select_related("student").order_by("starts_on", "id")
    context = {
        "opening": opening,
        "placements": placements,
        "may_place": can_place(request.user),
        "moves": [OpeningStatus(to) for to in OpeningStatus if to in opening.transitions.get(opening.status, ())],
    }
    return render(request, "opportunities/opening.html", context)


@require_POST
def opening_move(request: Request, pk: int) -> HttpResponse:
    opening = get_object_or_404(Opening, pk=pk)
    to = request.POST.get("to", "")
    try:
        move_opening(opening=opening, to=OpeningStatus(to), by=request.user)
    except (ValueError, TransitionRefusedError):
        messages.warning(request, _("That is not possible any more: look at where it stands now."))
    else:
        messages.success(request, _("Opening: %(state)s") % {"state": OpeningStatus(to).label})
    return redirect(opening)


@require_http_methods(METHODS)
def placement_add(request: Request, pk: int) -> HttpResponse:
    """Give a student a place of an opening."""
    opening = get_object_or_404(Opening.objects.select_related("organisation", "programme"), pk=pk)
    if not can_place(request.user):
        raise PermissionDenied
    form = PlacementForm(request.POST or None, opening=opening, cancel_url=opening.get_absolute_url())
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("student", "starts_on", "ends_on")}

        def plan() -> str:
            placement = plan_placement(opening=opening, by=request.user, **values)
            messages.success(request, _("Placement planned."))
            return placement.get_absolute_url()

        try:
            return redirect(act_once(submission=submission_key(request.POST), act=plan))
        except PlacementRefusedError as refused:
            _put_obstacles(form, refused)
    return _form_page(request, form, opening)


def _put_obstacles(form: PlacementForm, refused: PlacementRefusedError) -> None:
    for obstacle in refused.obstacles:
        form.add_error(obstacle.field if obstacle.field in form.fields else None, obstacle.words)


def _form_page(
    request: Request, form: PlacementForm, opening: Opening, placement: Placement | None = None
) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = {"form": form, "opening": opening, "placement": placement}
    return render(request, "opportunities/placement_form.html", context, status=status)


def _placement(pk: int) -> Placement:
    rows = Placement.objects.select_related("student", "opening__organisation", "opening__programme", "owner")
    return get_object_or_404(rows, pk=pk)


@require_safe
def placement_detail(request: Request, pk: int) -> HttpResponse:
    placement = _placement(pk)
    to = placement.transitions.get(placement.status, ())
    context = {
        "placement": placement,
        "may_place": can_place(request.user),
        "may_change": can_place(request.user)
        and placement.status in {PlacementStatus.PLANNED, PlacementStatus.CONFIRMED},
        "moves": [status for status in PlacementStatus if status in to and status != PlacementStatus.ENDED_EARLY],
        "may_end": PlacementStatus.ENDED_EARLY in to,
    }
    return render(request, "opportunities/placement.html", context)


@require_http_methods(METHODS)
def placement_edit(request: Request, pk: int) -> HttpResponse:
    """Move the days of a placement that has not begun."""
    placement = _placement(pk)
    if not can_place(request.user):
        raise PermissionDenied
    back = placement.get_absolute_url()
    form = PlacementForm(request.POST or None, instance=placement, opening=placement.opening, cancel_url=back)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            change_placement(
                placement=placement,
                starts_on=values["starts_on"],
                ends_on=values["ends_on"],
                opened=values["version"] or 0,
                by=request.user,
            )
        except PlacementRefusedError as refused:
            _put_obstacles(form, refused)
            return _form_page(request, form, placement.opening, placement)
        except StaleRecordError:
            return conflict_response(request, form=form, record=Placement.objects.get(pk=pk), back_url=request.path)
        except TransitionRefusedError:
            messages.warning(request, _("It has begun or was cancelled; its days stay as they are."))
        else:
            messages.success(request, _("Days saved."))
        return redirect(back)
    return _form_page(request, form, placement.opening, placement)


@require_POST
def placement_move(request: Request, pk: int) -> HttpResponse:
    placement = _placement(pk)
    to = request.POST.get("to", "")
    try:
        move_placement(placement=placement, to=PlacementStatus(to), by=request.user)
    except (ValueError, TransitionRefusedError, ReasonMissingError):
        messages.warning(request, _("That is not possible any more: look at where it stands now."))
    else:
        messages.success(request, _("Placement: %(state)s") % {"state": PlacementStatus(to).label})
    return redirect(placement)


@require_http_methods(METHODS)
def placement_end(request: Request, pk: int) -> HttpResponse:
    """End a placement before its last day, with the reason."""
    placement = _placement(pk)
    if not can_place(request.user):
        raise PermissionDenied
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason, to = form.cleaned_data["reason"], PlacementStatus.ENDED_EARLY
        try:
            move_placement(placement=placement, to=to, by=request.user, reason=reason)
        except TransitionRefusedError:
            messages.warning(request, _("Only a placement under way can end early."))
        else:
            messages.success(request, _("Placement ended early. Speak with the firm and the student."))
        return redirect(placement)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "opportunities/placement_end.html", {"placement": placement, "form": form}, status=status)
