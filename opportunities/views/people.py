"""Forms of openings and students, the list of students and a student's page."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import ModelForm
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import Request
from opportunities.filters import STUDENTS
from opportunities.forms.placements import OpeningForm, StudentForm
from opportunities.models import Opening, Student
from opportunities.rules import can_place, can_see_students
from opportunities.services import (
    PlacementRefusedError,
    add_opening,
    add_student,
    change_opening,
    change_student,
)
from outreach.finding import partners_of_late
from partnerships.views.choosing import asked_partner, choose_partner
from ui.conflicts import StaleRecordError
from ui.drafts import submission_key
from ui.responses import conflict_response, list_response
from ui.services import act_once, landing_of

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def opening_add(request: Request) -> HttpResponse:
    """Choose a partner, then note the places they offer."""
    if not can_place(request.user):
        raise PermissionDenied
    partner = asked_partner(request)
    if partner is None:
        return _choose_partner(request)
    form = OpeningForm(
        request.POST or None, instance=Opening(organisation=partner), cancel_url=partner.get_absolute_url()
    )
    if request.method == "POST" and form.is_valid():
        return redirect(act_once(submission=submission_key(request.POST), act=lambda: _add_opening(request, form)))
    return _form_page(request, "opportunities/opening_form.html", form, organisation=partner)


def _choose_partner(request: Request) -> HttpResponse:
    return choose_partner(
        request,
        heading=_("Add an opening"),
        lead=_("Which firm offers places?"),
        up=(reverse("opportunities:openings"), _("Openings")),
        recent=partners_of_late,
    )


def _add_opening(request: Request, form: OpeningForm) -> str:
    messages.success(request, _("Opening saved."))
    return add_opening(opening=form.save(commit=False), by=request.user).get_absolute_url()


@require_http_methods(METHODS)
def opening_edit(request: Request, pk: int) -> HttpResponse:
    opening = get_object_or_404(Opening.objects.select_related("organisation"), pk=pk)
    if not can_place(request.user):
        raise PermissionDenied
    form = OpeningForm(request.POST or None, instance=opening, cancel_url=opening.get_absolute_url())
    if request.method == "POST" and form.is_valid():
        changes = {name: form.cleaned_data[name] for name in OpeningForm.Meta.fields}
        try:
            change_opening(opening=opening, changes=changes, opened=form.cleaned_data["version"] or 0, by=request.user)
        except PlacementRefusedError as refused:
            for obstacle in refused.obstacles:
                form.add_error(obstacle.field, obstacle.words)
        except StaleRecordError:
            return conflict_response(request, form=form, record=Opening.objects.get(pk=pk), back_url=request.path)
        else:
            messages.success(request, _("Opening saved."))
            return redirect(opening)
    return _form_page(request, "opportunities/opening_form.html", form, organisation=opening.organisation)


def _form_page(request: Request, template: str, form: ModelForm, **context: Any) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, template, {"form": form, "record": form.instance, **context}, status=status)


@require_safe
def student_list(request: Request) -> HttpResponseBase:
    """References only: names stay on the page of one student."""
    rows = Student.objects.select_related("programme").defer("name", "email", "search_text")
    context = {"may_place": can_place(request.user), "today": request.school.today()}
    return list_response(request, STUDENTS, rows, "opportunities/student_list.html", context)


@require_safe
def student_detail(request: Request, pk: int) -> HttpResponse:
    if not can_see_students(request.user):
        raise PermissionDenied
    student = get_object_or_404(Student.objects.select_related("programme"), pk=pk)
    placements = student.placements.select_related("opening__organisation").order_by("-starts_on", "-id")
    context = {
        "student": student,
        "placements": placements,
        "may_place": can_place(request.user),
        "today": request.school.today(),
    }
    return render(request, "opportunities/student.html", context)


@require_http_methods(METHODS)
def student_add(request: Request) -> HttpResponse:
    if not can_place(request.user):
        raise PermissionDenied
    landed = landing_of(submission=submission_key(request.POST)) if request.method == "POST" else ""
    if landed:
        return redirect(landed)
    form = StudentForm(request.POST or None, school=request.school, cancel_url=reverse("opportunities:students"))
    if request.method == "POST" and form.is_valid():
        return redirect(act_once(submission=submission_key(request.POST), act=lambda: _add_student(request, form)))
    return _form_page(request, "opportunities/student_form.html", form)


def _add_student(request: Request, form: StudentForm) -> str:
    messages.success(request, _("Student saved."))
    return add_student(student=form.save(commit=False), by=request.user).get_absolute_url()


@require_http_methods(METHODS)
def student_edit(request: Request, pk: int) -> HttpResponse:
    if not can_place(request.user):
        raise PermissionDenied
    student = Student.objects.filter(pk=pk).first()
    if student is None:
        raise Http404
    form = StudentForm(
        request.POST or None, instance=student, school=request.school, cancel_url=student.get_absolute_url()
    )
    if request.method == "POST" and form.is_valid():
        changes = {name: form.cleaned_data[name] for name in StudentForm.Meta.fields}
        try:
            change_student(student=student, changes=changes, opened=form.cleaned_data["version"] or 0, by=request.user)
        except StaleRecordError:
            return conflict_response(request, form=form, record=Student.objects.get(pk=pk), back_url=request.path)
        messages.success(request, _("Student saved."))
        return redirect("opportunities:student", pk=pk)
    return _form_page(request, "opportunities/student_form.html", form)
