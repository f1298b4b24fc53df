"""The half-hour in which a year's goals are found: its steps, what colleagues note, and its summary."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import Request
from goals.assessment import AssessmentPage, Summary, on_record, step_url
from goals.assessment_forms import ChoiceForm, WishForm
from goals.enums import AssessmentStep
from goals.forms import colleagues
from goals.models import Assessment, AssessmentItem, PlanningCycle
from goals.rules import can_assess, can_wish
from goals.services.assessment import (
    AssessmentOverError,
    Choice,
    FigureGoneError,
    NoGoalError,
    begin_assessment,
    choose_goals,
    choose_items,
    finish_assessment,
    note_wish,
    remove_wish,
)
from ui.drafts import typed_before
from ui.services import drop_draft

STEP = "goals/assessment/step.html"


@require_http_methods(["GET", "HEAD", "POST"])
def assessment(request: Request, pk: int) -> HttpResponse:
    """Say what the half-hour is for, or go on where it was left."""
    cycle = get_object_or_404(PlanningCycle, pk=pk)
    if request.method == "POST":
        if not can_assess(request.user, cycle) and cycle.is_draft:
            raise PermissionDenied
        try:
            begun = begin_assessment(cycle=cycle, by=request.user)
        except AssessmentOverError:
            return _over(request, cycle)
        return redirect(_where(begun))
    begun_before = Assessment.objects.filter(cycle=cycle).first()
    if begun_before:
        return redirect(_where(begun_before))
    context = {"cycle": cycle, "may_begin": can_assess(request.user, cycle)}
    return render(request, "goals/assessment/begin.html", context)


def _where(found: Assessment) -> str:
    if found.is_finished:
        return reverse("goals:assessment_summary", args=[found.cycle_id])
    return step_url(AssessmentStep(found.reached), found.cycle_id)


def _over(request: Request, cycle: PlanningCycle) -> HttpResponse:
    messages.warning(request, _("Nothing was saved: the goals of %(year)s are handed over.") % {"year": cycle.name})
    return redirect(cycle)


def _found(pk: int) -> Assessment:
    return get_object_or_404(Assessment.objects.select_related("cycle", "finished_by"), cycle=pk)


def _page(request: Request, pk: int, step: AssessmentStep) -> AssessmentPage:
    """Return a step’s page; only those who plan send it, but for the wishes of everybody."""
    page = AssessmentPage(_found(pk), step, request.user, request.school)
    may = can_wish if step == AssessmentStep.ASKED else can_assess
    if request.method == "POST" and page.cycle.is_draft and not may(request.user, page.cycle):
        raise PermissionDenied
    return page


def _onward(request: Request, page: AssessmentPage) -> HttpResponse:
    """Go on to the next step, or back to the goals for those who stop for now."""
    if request.POST.get("act") == "stop":
        messages.success(request, _("Saved. You can go on whenever you like."))
        return redirect(page.cycle)
    return redirect(page.next_url)


@require_http_methods(["GET", "HEAD", "POST"])
def strengths(request: Request, pk: int) -> HttpResponse:
    return _ticking(request, _page(request, pk, AssessmentStep.STRENGTHS))


@require_http_methods(["GET", "HEAD", "POST"])
def figures(request: Request, pk: int) -> HttpResponse:
    return _ticking(request, _page(request, pk, AssessmentStep.FIGURES))


@require_http_methods(["GET", "HEAD", "POST"])
def asked(request: Request, pk: int) -> HttpResponse:
    return _ticking(request, _page(request, pk, AssessmentStep.ASKED))


def _ticking(request: Request, page: AssessmentPage) -> HttpResponse:
    """A step that offers what is on record; at the one for wishes everybody may add a line."""
    if page.assessment.is_finished:
        return redirect("goals:assessment_summary", page.cycle.pk)
    form = _wish_form(request, page) if page.here == AssessmentStep.ASKED else None
    if request.method != "POST":
        return render(request, STEP, {"page": page, "form": form})
    try:
        if page.may_assess:
            _save_ticks(request, page)
        if form and form.is_bound and form.is_valid():
            note_wish(assessment=page.assessment, by=request.user, **form.cleaned_data)
            drop_draft(owner=request.user, key=_draft_of(page))
            return redirect(f"{step_url(page.here, page.cycle.pk)}#wishes")
    except AssessmentOverError:
        return _over(request, page.cycle)
    if form and form.is_bound:
        return render(request, STEP, {"page": page, "form": form}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _onward(request, page)


def _draft_of(page: AssessmentPage) -> str:
    return f"goals.assessment:{page.cycle.pk}:{page.here.value}"


def _wish_form(request: Request, page: AssessmentPage) -> WishForm:
    """Return the form for a wish, bound where one is to be added or something was written all the same."""
    wants = request.POST.get("act") == "wish" or request.POST.get("text", "").strip()
    if request.method == "POST" and wants:
        return WishForm(request.POST, user=request.user)
    return WishForm(initial=typed_before(request.user, _draft_of(page)), user=request.user)


def _save_ticks(request: Request, page: AssessmentPage) -> None:
    found = on_record(page.here, page.cycle, request.school)
    choose_items(
        assessment=page.assessment,
        step=page.here,
        by=request.user,
        entries={entry.key: (source.kind, entry) for source, entries in found for entry in entries},
        ticked=request.POST.getlist("ticked"),
        were_ticked=request.POST.getlist("was"),
    )


@require_POST
def wish_remove(request: Request, pk: int) -> HttpResponse:
    item = get_object_or_404(AssessmentItem.objects.select_related("assessment__cycle"), pk=pk, source="")
    cycle = item.assessment.cycle
    try:
        remove_wish(item=item, by=request.user)
    except AssessmentOverError:
        return _over(request, cycle)
    messages.success(request, _("Taken away: “%(words)s”.") % {"words": item.title})
    return redirect(f"{step_url(AssessmentStep.ASKED, cycle.pk)}#wishes")


@require_http_methods(["GET", "HEAD", "POST"])
def goals(request: Request, pk: int) -> HttpResponse:
    """Choose and change what is suggested."""
    page = _page(request, pk, AssessmentStep.GOALS)
    if page.assessment.is_finished:
        return redirect("goals:assessment_summary", page.cycle.pk)
    choices = _choices(request, page)
    if request.method == "POST":
        if all(form.is_valid() for form in choices):
            return _save_choices(request, page, choices)
        messages.warning(request, _("Nothing was saved: look at the goals that are marked."))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return render(request, "goals/assessment/goals.html", {"page": page, "choices": choices}, status=status)


def _choices(request: Request, page: AssessmentPage) -> list[ChoiceForm]:
    data = request.POST if request.method == "POST" else None
    typed = typed_before(request.user, _draft_of(page)) if data is None else {}
    owners = {user.pk: user for user in colleagues()}
    return [
        ChoiceForm(data, proposal=proposal, cycle=page.cycle, owners=owners, typed=typed) for proposal in page.proposals
    ]


def _save_choices(request: Request, page: AssessmentPage, choices: list[ChoiceForm]) -> HttpResponse:
    made = [
        Choice(
            proposal=form.proposal,
            is_chosen=form.cleaned_data["chosen"],
            **{name: form.left_at(name) for name in ("title", "owner", "target", "due_on")},
        )
        for form in choices
    ]
    try:
        choose_goals(assessment=page.assessment, choices=made, by=request.user)
    except AssessmentOverError:
        return _over(request, page.cycle)
    drop_draft(owner=request.user, key=_draft_of(page))
    if request.POST.get("act") == "own":
        here = step_url(page.here, page.cycle.pk)
        return redirect(f"{reverse('goals:add')}?cycle={page.cycle.pk}&next={here}")
    return _onward(request, page)


@require_http_methods(["GET", "HEAD", "POST"])
def agree(request: Request, pk: int) -> HttpResponse:
    """Read the chosen goals once more, then write them down and hand them to the director."""
    page = _page(request, pk, AssessmentStep.AGREE)
    if request.method == "POST":
        return _finish(request, page)
    if page.assessment.is_finished:
        return redirect("goals:assessment_summary", page.cycle.pk)
    return render(request, "goals/assessment/agree.html", {"page": page})


def _finish(request: Request, page: AssessmentPage) -> HttpResponse:
    try:
        finish_assessment(assessment=page.assessment, by=request.user)
    except AssessmentOverError:
        return _over(request, page.cycle)
    except NoGoalError:
        messages.warning(request, _("No goal is chosen yet. Choose at least one."))
        return redirect(step_url(AssessmentStep.GOALS, page.cycle.pk))
    except FigureGoneError as error:
        sentence = _("“%(goal)s” follows a figure that Tandem does not count any more. Leave it out.")
        messages.warning(request, sentence % {"goal": error.proposal.title})
        return redirect(step_url(AssessmentStep.GOALS, page.cycle.pk))
    return redirect("goals:assessment_summary", page.cycle.pk)


@require_safe
def summary(request: Request, pk: int) -> HttpResponse:
    """What was considered and decided, to read and to print."""
    context: dict[str, Any] = {"page": Summary(_found(pk), request.user)}
    return render(request, "goals/assessment/summary.html", context)
