"""Segments: list with live counts, a form over the filters of the list of partners."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.http import Request
from accounts.rules import can_edit
from partnerships.filters import ORGANISATIONS
from partnerships.models import Organisation
from partnerships.views.access import need_editor
from propositions.filters import SEGMENTS
from propositions.forms import SegmentForm
from propositions.models import Segment
from propositions.segments import (
    FilterError,
    Members,
    SegmentFilter,
    checked_query,
    chips_under,
    members_under,
    needs_of,
)
from propositions.services import add_segment, archive_segment, change_segment
from propositions.services.segments import InUseError
from propositions.views.answers import page_status
from ui.conflicts import StaleRecordError
from ui.drafts import submission_key
from ui.models import SavedView
from ui.requests import posted
from ui.responses import conflict_response, list_response
from ui.services import act_once

MOST_VIEWS = 12


@require_safe
def segment_list(request: Request) -> HttpResponseBase:
    rows = Segment.objects.filter(archived_at=None)
    context = {"can_edit": can_edit(request.user)}
    return list_response(request, SEGMENTS, rows, "propositions/segments.html", context)


@require_safe
def segment_detail(request: Request, pk: int) -> HttpResponse:
    segment = get_object_or_404(Segment, pk=pk)
    context = {
        "segment": segment,
        "members": members_under(segment.query),
        "chips": chips_under(segment.query),
        "needs": needs_of(segment),
        "sheets": segment.propositions.current().select_related("programme").order_by("headline"),
        "can_edit": can_edit(request.user),
    }
    return render(request, "propositions/segment.html", context)


@dataclass
class SegmentPage:
    """The form of a segment: its words, its filter, and how many firms that filter finds."""

    form: SegmentForm
    filter_form: Form
    query: str
    members: Members | None
    wrong: list[str]

    @property
    def needs_a_tick(self) -> bool:
        return self.members is not None and (self.members.is_none or self.members.is_all)

    @property
    def may_be_saved(self) -> bool:
        ticked = self.form.is_valid() and self.form.cleaned_data["anyway"]
        return self.form.is_valid() and not self.wrong and (ticked or not self.needs_a_tick)


def _page(request: Request, segment: Segment | None = None) -> SegmentPage:
    form = SegmentForm(posted(request), instance=segment)
    params = request.POST if request.method == "POST" else _start(request, segment)
    wrong: list[str] = []
    try:
        query = checked_query(params)
    except FilterError as error:
        query, wrong = "", error.names
    filter_form = SegmentFilter(params, queryset=Organisation.objects.none()).form
    members = members_under(query) if not wrong and (query or request.method == "POST") else None
    return SegmentPage(form, filter_form, query, members, wrong)


def _start(request: Request, segment: Segment | None) -> QueryDict:
    """A new segment may begin with a filter in the address, as a saved view of the list of partners has it."""
    return QueryDict(segment.query) if segment and not request.GET else request.GET


def _answer(request: Request, page: SegmentPage, segment: Segment | None) -> HttpResponse:
    views = SavedView.objects.shown_to(request.user).filter(list_key=ORGANISATIONS.key)[:MOST_VIEWS]
    is_refused = request.method == "POST" and "count" not in request.POST
    context = {"page": page, "form": page.form, "segment": segment, "views": views, "is_refused": is_refused}
    status = page_status(page.form, page.filter_form)
    if is_refused:
        status = page_status(page.form) if page.may_be_saved else type(status)(422)
    return render(request, "propositions/segment_form.html", context, status=status)


def segment_add(request: Request) -> HttpResponse:
    need_editor(request)
    page = _page(request)
    if request.method == "POST" and "count" not in request.POST and page.may_be_saved:
        return redirect(act_once(submission=submission_key(request.POST), act=lambda: _add(request, page)))
    return _answer(request, page, None)


def _add(request: Request, page: SegmentPage) -> str:
    segment = add_segment(changes=page.form.changes, query=page.query, by=request.user)
    messages.success(request, _("Segment saved: “%(name)s”.") % {"name": segment.name})
    return segment.get_absolute_url()


def segment_change(request: Request, pk: int) -> HttpResponse:
    need_editor(request)
    segment = get_object_or_404(Segment, pk=pk)
    page = _page(request, segment)
    if request.method != "POST" or "count" in request.POST or not page.may_be_saved:
        return _answer(request, page, Segment.objects.get(pk=pk))
    try:
        opened = page.form.cleaned_data["version"] or 0
        change_segment(segment=segment, changes=page.form.changes, query=page.query, opened=opened, by=request.user)
    except StaleRecordError:
        fresh = Segment.objects.get(pk=pk)
        return conflict_response(request, form=page.form, record=fresh, back_url=fresh.get_absolute_url())
    messages.success(request, _("Segment saved."))
    return redirect(segment)


@require_POST
def segment_archive(request: Request, pk: int) -> HttpResponse:
    segment = get_object_or_404(Segment, pk=pk)
    try:
        archive_segment(segment=segment, by=request.user)
    except InUseError:
        messages.warning(request, _("Value sheets are for this segment. Put them away first."))
        return redirect(segment)
    messages.success(request, _("Put away: “%(name)s”.") % {"name": segment.name})
    return redirect(reverse("propositions:segments"))
