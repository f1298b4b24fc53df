"""Which students are asked, and the sheet for a class."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import Request
from evaluation.enums import Asked
from evaluation.forms import StudentAudienceForm
from evaluation.models import StudentInvitation, Wave
from evaluation.rules import can_choose_people
from evaluation.services import NotAClassError, add_students, make_sheet, remove_student
from evaluation.services.students import students_to_ask
from evaluation.sheet import qr_code
from opportunities.models import Placement, PlacementQuerySet, Student
from partnerships.models import Organisation
from roadmap.search import matching
from ui.requests import numbers_in

SHOWN = 200
YEAR = dt.timedelta(days=365)


def _wave(request: Request, pk: int) -> Wave:
    wave = get_object_or_404(Wave.objects.with_counts(), pk=pk)
    if not can_choose_people(request.user, wave):
        raise PermissionDenied
    return wave


@require_http_methods(["GET", "HEAD", "POST"])
def wave_students(request: Request, pk: int) -> HttpResponse:
    """Choose students with a placement: those ticked, or all who match."""
    wave = _wave(request, pk)
    if wave.asked != Asked.STUDENTS:
        return redirect(wave)
    form = StudentAudienceForm(request.GET or None)
    found = students_to_ask(_placements(form, request)).exclude(pk__in=wave.student_invitations.values("student"))
    if request.method == "POST":
        return _add(request, wave, found)
    shown = list(found.select_related("programme").order_by("reference", "id")[: SHOWN + 1])
    context = {"wave": wave, "form": form, "students": shown[:SHOWN], "has_more": len(shown) > SHOWN}
    return render(request, "evaluation/wave_choose_students.html", context)


def _placements(form: StudentAudienceForm, request: Request) -> PlacementQuerySet:
    """Return the placements asked for; without a day, those of the last twelve months."""
    asked: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    today = request.school.today()
    found = Placement.objects.overlapping(asked.get("since") or today - YEAR, today)
    if asked.get("programme"):
        found = found.filter(programme=asked["programme"])
    if asked.get("group"):
        found = found.filter(student__group=asked["group"])
    if asked.get("firm"):
        firms = matching(Organisation.objects.all(), asked["firm"])
        found = found.filter(opening__organisation__in=firms.values("pk"))
    return found


def _add(request: Request, wave: Wave, found: QuerySet[Student]) -> HttpResponse:
    if "all" not in request.POST:
        found = Student.objects.present().exclude(email="").filter(pk__in=numbers_in(request, "student"))
    added = add_students(wave=wave, students=found, by=request.user)
    messages.success(request, ngettext("%(n)s student added.", "%(n)s students added.", added) % {"n": added})
    return redirect(wave)


@require_POST
def student_remove(request: Request, pk: int) -> HttpResponse:
    invitation = get_object_or_404(StudentInvitation.objects.select_related("wave"), pk=pk)
    remove_student(invitation=invitation, by=request.user)
    return redirect(invitation.wave)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def wave_sheet(request: Request, pk: int) -> HttpResponse:
    """Ask, since a new sheet ends the old one; then show the sheet this once, for its address is not kept."""
    wave = _wave(request, pk)
    if request.method != "POST":
        made = wave.class_links.filter(revoked_at=None).exists()
        return render(request, "evaluation/wave_sheet.html", {"wave": wave, "made": made})
    try:
        address = make_sheet(wave=wave, by=request.user)
    except NotAClassError:
        messages.warning(request, _("Only an open round of a class has a sheet. Open it first."))
        return redirect(wave)
    context = {"wave": wave, "address": address, "code": qr_code(address)}
    return render(request, "evaluation/sheet.html", context)
