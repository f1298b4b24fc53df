"""The list of follow-ups, planning one, and the acts on it."""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import Request
from outreach.filters import MINE, TEAM
from outreach.forms import FollowUpForm, SnoozeForm
from outreach.models import FollowUp
from outreach.rules import can_do, can_log, may_own
from outreach.services import (
    Change,
    change_follow_up,
    complete_follow_up,
    put_back_follow_up,
    reassign_follow_up,
    reopen_follow_up,
    set_follow_up,
    skip_follow_up,
    snooze_follow_up,
)
from outreach.snoozing import snooze_days
from outreach.views.access import need_logger, page_behind, say_with_undo
from outreach.wording import due_words
from partnerships.models import Organisation
from roadmap.lifecycle import TransitionRefusedError
from roadmap.slots import Whose
from ui.conflicts import StaleRecordError
from ui.drafts import submission_key
from ui.requests import way_back
from ui.responses import conflict_response, list_response
from ui.services import act_once
from ui.undo import read_undo


@require_safe
def follow_up_list(request: Request, whose: Whose) -> HttpResponseBase:
    rows = FollowUp.objects.for_rows()
    is_mine = whose == Whose.MINE
    today = request.school.today()
    context = {
        "is_team": not is_mine,
        "today": today,
        "snooze_days": snooze_days(today),
        "can_log": can_log(request.user),
    }
    return list_response(
        request,
        MINE if is_mine else TEAM,
        rows.filter(owner=request.user) if is_mine else rows,
        "outreach/follow_ups.html",
        context,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def follow_up_add(request: Request, pk: int) -> HttpResponse:
    need_logger(request)
    organisation = get_object_or_404(Organisation.objects.on_file(), pk=pk)
    back = way_back(request, organisation.get_absolute_url())
    initial = {"owner": request.user.pk, "contact": request.GET.get("contact")}
    form = FollowUpForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        organisation=organisation,
        today=request.school.today(),
        cancel_url=back,
    )
    if request.method == "POST" and form.is_valid():
        return redirect(
            act_once(submission=submission_key(request.POST), act=lambda: _add(request, organisation, form))
        )
    return _show_form(request, form, organisation=organisation, back=back)


def _add(request: Request, organisation: Organisation, form: FollowUpForm) -> str:
    plan = form.plan()
    set_follow_up(
        organisation=organisation,
        title=plan.title,
        due_on=plan.due_on,
        due_time=plan.due_time,
        owner=plan.owner,
        contact=plan.contact,
        note=plan.note,
        by=request.user,
    )
    messages.success(request, _("Planned: “%(title)s”.") % {"title": plan.title})
    return way_back(request, organisation.get_absolute_url())


def _show_form(request: Request, form: FollowUpForm, **context: object) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "outreach/follow_up_form.html", {"form": form, **context}, status=status)


def _the_one(request: Request, pk: int) -> FollowUp:
    """Return a follow-up that this colleague may act on; 404 and 403 else."""
    follow_up = get_object_or_404(FollowUp.objects.select_related("organisation", "contact", "owner"), pk=pk)
    if not can_do(request.user, follow_up):
        raise PermissionDenied
    return follow_up


@require_safe
def follow_up(request: Request, pk: int) -> HttpResponse:
    record = get_object_or_404(FollowUp.objects.select_related("organisation", "contact", "owner", "done_by"), pk=pk)
    today = request.school.today()
    context = {
        "follow_up": record,
        "is_late": record.due_on < today,
        "due_words": due_words(record.due_on, today),
        "snooze_days": snooze_days(today),
        "can_act": can_do(request.user, record),
        "is_mine": record.owner_id == request.user.pk,
    }
    return render(request, "outreach/follow_up.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def follow_up_edit(request: Request, pk: int) -> HttpResponse:
    record = _the_one(request, pk)
    if request.method != "POST" and not record.is_planned:
        return redirect(record)
    back = way_back(request, record.get_absolute_url())
    form = FollowUpForm(
        request.POST if request.method == "POST" else None,
        initial=_shown(record),
        organisation=record.organisation,
        today=request.school.today(),
        was_due_on=record.due_on,
        cancel_url=back,
    )
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(
                act_once(submission=submission_key(request.POST), act=lambda: _change(request, record, form))
            )
        except StaleRecordError:
            fresh = _the_one(request, pk)
            return conflict_response(request, form=form, record=fresh, back_url=record.get_absolute_url())
        except TransitionRefusedError:
            messages.warning(request, _("Somebody has closed this follow-up meanwhile. Nothing was changed."))
            return redirect(record)
    return _show_form(request, form, organisation=record.organisation, follow_up=record, back=back)


def _shown(record: FollowUp) -> dict[str, object]:
    names = ("title", "due_on", "due_time", "contact", "owner", "note", "version")
    return {name: getattr(record, name) for name in names}


def _change(request: Request, record: FollowUp, form: FollowUpForm) -> str:
    version = form.cleaned_data["version"] or 0
    change = change_follow_up(follow_up=record, plan=form.plan(), version=version, by=request.user)
    say_with_undo(request, _("Changed: “%(title)s”.") % {"title": change.follow_up.title}, change)
    return way_back(request, record.get_absolute_url())


def _act(request: Request, pk: int, act: Callable[[FollowUp], Change], words: str) -> HttpResponse:
    """Do one thing to a follow-up, once, and lead back with an undo."""
    record = _the_one(request, pk)
    back = way_back(request, record.organisation.get_absolute_url())

    def once() -> str:
        change = act(record)
        say_with_undo(request, words % {"title": change.follow_up.title}, change)
        return back

    try:
        return redirect(act_once(submission=_submission(request), act=once))
    except TransitionRefusedError:
        messages.info(request, _("“%(title)s” was changed by somebody meanwhile.") % {"title": record.title})
        return redirect(back)


def _submission(request: Request) -> str:
    """Name this very submission: rows of a list share one form, so the address tells which of them is meant."""
    post = request.POST.copy()
    post["address"] = request.path
    return submission_key(post)


@require_POST
def follow_up_done(request: Request, pk: int) -> HttpResponse:
    return _act(request, pk, lambda row: complete_follow_up(follow_up=row, by=request.user), _("Done: “%(title)s”."))


@require_POST
def follow_up_skip(request: Request, pk: int) -> HttpResponse:
    return _act(request, pk, lambda row: skip_follow_up(follow_up=row, by=request.user), _("Not needed: “%(title)s”."))


@require_POST
def follow_up_reopen(request: Request, pk: int) -> HttpResponse:
    words = _("Planned again: “%(title)s”.")
    return _act(request, pk, lambda row: reopen_follow_up(follow_up=row, by=request.user), words)


@require_POST
def follow_up_take(request: Request, pk: int) -> HttpResponse:
    words = _("“%(title)s” is yours now.")
    return _act(request, pk, lambda row: reassign_follow_up(follow_up=row, to=request.user, by=request.user), words)


@require_http_methods(["GET", "HEAD", "POST"])
def follow_up_snooze(request: Request, pk: int) -> HttpResponse:
    """Put off to a day: one of those offered, or any other chosen on a page of its own."""
    record = _the_one(request, pk)
    if request.method != "POST" and not record.is_planned:
        return redirect(record)
    today = request.school.today()
    form = SnoozeForm(request.POST if request.method == "POST" else None, today=today)
    if request.method == "POST" and form.is_valid():
        until = form.cleaned_data["until"]
        words = _("“%(title)s” is put off.")
        return _act(request, pk, lambda row: snooze_follow_up(follow_up=row, until=until, by=request.user), words)
    context = {"form": form, "follow_up": record, "snooze_days": snooze_days(today), "next": way_back(request)}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "outreach/snooze.html", context, status=status)


@require_POST
def follow_up_undo(request: Request, token: str) -> HttpResponse:
    if not may_own(request.user):
        raise PermissionDenied
    what = read_undo("outreach.follow_up", token)
    if what is None:
        messages.warning(request, _("This can no longer be undone: ten minutes have passed."))
        return redirect(page_behind(request))
    try:
        record = put_back_follow_up(**what, by=request.user)
    except StaleRecordError:
        messages.warning(request, _("This can no longer be undone: somebody has changed it since."))
    else:
        messages.success(request, _("“%(title)s” is as it was.") % {"title": record.title})
    return redirect(page_behind(request))
