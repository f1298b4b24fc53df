"""What came back in a round, question by question."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.http import Request
from accounts.rules import can_edit
from evaluation.enums import Topic
from evaluation.models import Wave
from evaluation.results import extremes_of, is_enough, results_of
from evaluation.rules import can_see_names, can_see_safety
from evaluation.services import note_safety_seen
from evaluation.services.unnamed import unsafe_answers


def _wave(pk: int) -> Wave:
    return get_object_or_404(Wave.objects.with_counts().select_related("questionnaire", "pilot"), pk=pk)


@require_GET
def wave_results(request: Request, pk: int) -> HttpResponse:
    wave = _wave(pk)
    if wave.is_of_students:
        return _student_results(request, wave)
    least = request.school.min_group_size_organisations
    results = results_of(wave, least=least)
    context = {
        "wave": wave,
        "is_enough": any(result.figure is not None for result in results),
        "results": results,
        "extremes": extremes_of(results),
        "least": least,
        "can_see_names": can_see_names(request.user),
        "can_edit": can_edit(request.user),
    }
    return render(request, "evaluation/results.html", context)


def _student_results(request: Request, wave: Wave) -> HttpResponse:
    """Nothing before enough answers are in; what is said about safety is for the safeguarding lead alone."""
    least = request.school.min_group_size_students
    enough = is_enough(wave, least=least)
    results = results_of(wave, least=least, without={Topic.SAFE}) if enough else []
    context = {
        "wave": wave,
        "is_enough": enough,
        "results": results,
        "extremes": extremes_of(results),
        "least": least,
        "can_edit": can_edit(request.user),
        "lead": request.school.safeguarding_lead,
        "asks_safety": wave.questionnaire.questions.filter(topic=Topic.SAFE).exists(),
    }
    if can_see_safety(request.user, request.school):
        context["unsafe"] = unsafe_answers(wave)
    return render(request, "evaluation/results.html", context)


@require_POST
def safety_seen(request: Request, pk: int) -> HttpResponse:
    if not can_see_safety(request.user, request.school):
        raise PermissionDenied
    note_safety_seen(wave=_wave(pk))
    return redirect("evaluation:wave_results", pk)
