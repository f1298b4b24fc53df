"""Rounds of asking: list, draft, people, open, remind, close, results."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts.http import Request
from accounts.rules import can_edit
from evaluation.enums import WaveStatus
from evaluation.filters import WAVES
from evaluation.forms import AudienceForm, ReopenForm, WaveForm
from evaluation.models import Invitation, Wave
from evaluation.rules import can_choose_people
from evaluation.services import (
    add_people,
    change_wave,
    close_wave,
    draft_wave,
    open_wave,
    remind_silent,
    remove_person,
    reopen_wave,
)
from evaluation.services.asking import (
    AlreadyOverError,
    NobodyToAskError,
    NoQuestionsError,
    RemindedLatelyError,
    TooFewToShowError,
    reachable,
    silent_count,
)
from evaluation.services.students import students_to_ask
from opportunities.models import Placement, PlacementQuerySet
from partnerships.models import Contact
from pilots.models import Pilot
from roadmap.lifecycle import TransitionRefusedError
from roadmap.search import matching
from ui.drafts import submission_key
from ui.requests import number_in, numbers_in
from ui.responses import list_response
from ui.services import act_once

PEOPLE_SHOWN = 100
WHY_NOT: dict[type[Exception], Any] = {
    AlreadyOverError: gettext_lazy("The last day of this round has passed. Choose a later one first."),
    NobodyToAskError: gettext_lazy("Nobody is on the list yet. Add people first."),
    NoQuestionsError: gettext_lazy("The questionnaire has no questions yet."),
    TooFewToShowError: gettext_lazy("So few students are asked that their answers could never be shown. Add some."),
    RemindedLatelyError: gettext_lazy("The silent were reminded less than three days ago. Call instead, or wait."),
    TransitionRefusedError: gettext_lazy("Somebody did this already."),
}


def _wave(pk: int) -> Wave:
    return get_object_or_404(Wave.objects.with_counts().select_related("questionnaire", "owner", "pilot"), pk=pk)


def _need_editor(request: Request) -> None:
    if not can_edit(request.user):
        raise PermissionDenied


@require_GET
def wave_list(request: Request) -> HttpResponseBase:
    waves = Wave.objects.with_counts().select_related("questionnaire")
    return list_response(request, WAVES, waves, "evaluation/waves.html", {"can_edit": can_edit(request.user)})


def wave_add(request: Request) -> HttpResponse:
    """Begin a round; the address may name a partner or a pilot, whose people are then chosen already."""
    _need_editor(request)
    pilot = _pilot_asked_about(request)
    form = WaveForm(request.POST or None, school=request.school, initial=_first_words(request, pilot))
    people = _people_asked_for(request, pilot)
    if request.method == "POST" and form.is_valid():
        url = act_once(submission=submission_key(request.POST), act=lambda: _draft(form, request, people, pilot))
        return redirect(url)
    context = {"form": form, "people": people.select_related("organisation"), "pilot": pilot}
    return render(request, "evaluation/wave_form.html", context, status=_status(form))


def _pilot_asked_about(request: Request) -> Pilot | None:
    return Pilot.objects.select_related("organisation").filter(pk=number_in(request, "pilot")).first()


def _first_words(request: Request, pilot: Pilot | None) -> dict[str, str]:
    if pilot is None:
        return {"title": request.GET.get("title", "")}
    firm = pilot.organisation.name
    return {"title": _("%(firm)s: pilot") % {"firm": firm}, "about": pilot.title}


def _draft(form: WaveForm, request: Request, people: QuerySet[Contact], pilot: Pilot | None) -> str:
    students = students_to_ask(_placements_of(pilot)) if pilot else None
    wave = draft_wave(**form.cleaned_data, pilot=pilot, by=request.user, contacts=people, students=students)
    return wave.get_absolute_url()


def _placements_of(pilot: Pilot) -> PlacementQuerySet:
    """Return the placements at a pilot's firm during the pilot."""
    theirs = Placement.objects.filter(opening__organisation=pilot.organisation_id)
    return theirs.overlapping(pilot.starts_on, pilot.ends_on)


def _people_asked_for(request: Request, pilot: Pilot | None) -> QuerySet[Contact]:
    """Return the people of the partner named by `?partner=`, or of the pilot's, who can be reached."""
    partner = pilot.organisation_id if pilot else number_in(request, "partner")
    return reachable(Contact.objects.filter(organisation_id=partner))


def _status(form: WaveForm | ReopenForm) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound and form.errors else HTTPStatus.OK


@require_GET
def wave_detail(request: Request, pk: int) -> HttpResponse:
    wave = _wave(pk)
    context = {
        "wave": wave,
        "can_edit": can_edit(request.user),
        "is_answerable": wave.is_answerable(request.school.today()),
        "reopen_form": ReopenForm(school=request.school),
        "least": request.school.min_group_size_students,
    }
    if wave.is_of_students:
        return render(request, "evaluation/wave_students.html", context | _students_of(wave, request))
    asked = wave.invitations if wave.status == WaveStatus.DRAFT else wave.invitations.silent()
    context |= {
        "people": asked.select_related("contact", "organisation").order_by("id")[:PEOPLE_SHOWN],
        "problems": wave.invitations.exclude(problem="").select_related("contact", "organisation")[:PEOPLE_SHOWN],
        "opened": wave.invitations.filter(links__first_opened_at__isnull=False).distinct().count(),
        "sent": wave.invitations.exclude(sent_at=None).count(),
    }
    return render(request, "evaluation/wave.html", context)


def _students_of(wave: Wave, request: Request) -> dict[str, Any]:
    """Who will be asked, for those who choose them; of those who were asked no more than how many are silent."""
    asked = wave.student_invitations.select_related("student__programme").order_by("student__reference", "id")
    may_see = can_edit(request.user) and wave.status == WaveStatus.DRAFT
    return {
        "students": asked[:PEOPLE_SHOWN] if may_see else [],
        "silent": silent_count(wave),
        "sent": wave.student_invitations.exclude(sent_at=None).count(),
        "problems": wave.student_invitations.exclude(problem="").count(),
    }


def wave_change(request: Request, pk: int) -> HttpResponse:
    _need_editor(request)
    wave = _wave(pk)
    form = WaveForm(request.POST or None, instance=wave, school=request.school)
    if request.method == "POST" and form.is_valid():
        change_wave(wave=wave, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(wave)
    return render(request, "evaluation/wave_form.html", {"form": form, "wave": wave}, status=_status(form))


def wave_people(request: Request, pk: int) -> HttpResponse:
    """Choose whom to ask: everybody who matches, or those ticked."""
    wave = _wave(pk)
    if not can_choose_people(request.user, wave):
        raise PermissionDenied
    form = AudienceForm(request.GET or None)
    found = _audience(form).exclude(pk__in=wave.invitations.values("contact"))
    if request.method == "POST":
        return _add(request, wave, found)
    shown = list(found.select_related("organisation").order_by("organisation__name", "pk")[: PEOPLE_SHOWN + 1])
    context = {"wave": wave, "form": form, "people": shown[:PEOPLE_SHOWN], "has_more": len(shown) > PEOPLE_SHOWN}
    return render(request, "evaluation/wave_people.html", context)


def _audience(form: AudienceForm) -> QuerySet[Contact]:
    people = reachable(Contact.objects.all())
    if not form.is_valid():
        return people
    if form.cleaned_data["status"]:
        people = people.filter(organisation__status__in=form.cleaned_data["status"])
    if form.cleaned_data["main_only"]:
        people = people.filter(is_primary=True)
    if form.cleaned_data["q"]:
        by_name = matching(people, form.cleaned_data["q"])
        by_firm = matching(people, form.cleaned_data["q"], field="organisation__search_text")
        people = by_name | by_firm
    return people


def _add(request: Request, wave: Wave, found: QuerySet[Contact]) -> HttpResponse:
    if "all" not in request.POST:
        found = reachable(Contact.objects.filter(pk__in=numbers_in(request, "person")))
    added = add_people(wave=wave, contacts=found, by=request.user)
    messages.success(request, ngettext("%(n)s person added.", "%(n)s people added.", added) % {"n": added})
    return redirect(wave)


@require_POST
def person_remove(request: Request, pk: int) -> HttpResponse:
    invitation = get_object_or_404(Invitation.objects.select_related("wave"), pk=pk)
    remove_person(invitation=invitation, by=request.user)
    return redirect(invitation.wave)


def wave_open(request: Request, pk: int) -> HttpResponse:
    """Ask before mails leave the school; then open."""
    _need_editor(request)
    wave = _wave(pk)
    if request.method != "POST":
        return render(request, "evaluation/wave_open.html", {"wave": wave})
    return _act(request, wave, open_wave, _("The round is open. The invitations are leaving now."))


def wave_remind(request: Request, pk: int) -> HttpResponse:
    _need_editor(request)
    wave = _wave(pk)
    if request.method != "POST":
        return render(request, "evaluation/wave_remind.html", {"wave": wave, "silent": silent_count(wave)})
    return _act(request, wave, remind_silent, _("The reminders are leaving now."))


@require_POST
def wave_close(request: Request, pk: int) -> HttpResponse:
    return _act(request, _wave(pk), close_wave, _("The round is closed."))


@require_POST
def wave_reopen(request: Request, pk: int) -> HttpResponse:
    _need_editor(request)
    wave = _wave(pk)
    form = ReopenForm(request.POST, school=request.school)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["closes_on"])))
        return redirect(wave)
    reopen_wave(wave=wave, closes_on=form.cleaned_data["closes_on"], by=request.user)
    messages.success(request, _("The round is open again."))
    return redirect(wave)


def _act(request: Request, wave: Wave, act: Callable[..., object], done: str) -> HttpResponse:
    try:
        act(wave=wave, by=request.user)
    except tuple(WHY_NOT) as refused:
        messages.warning(request, WHY_NOT[type(refused)])
    else:
        messages.success(request, done)
    return redirect(wave)
