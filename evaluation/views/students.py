"""What students fill in, by a link of their own or by their class's sheet: nothing is kept before it is sent."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.http import Request
from evaluation.forms import StudentAnswerForm
from evaluation.models import ClassLink, Question, StudentInvitation, StudentLink, Wave
from evaluation.services import (
    AlreadyAnsweredError,
    ClassCompleteError,
    NothingSaidError,
    submit_class_answers,
    submit_student_answers,
)
from evaluation.services.answering import Answers, WaveClosedError
from evaluation.steps import Step, steps_of
from mailing.limits import Limit
from mailing.links import network_of, open_link, public_page, wait_response
from ui.drafts import submission_key
from ui.services import act_once

CHECK, SEND = "check", "send"
# A whole school may sit behind one address, a class of 200 at most; whoever plays with a sheet is stopped all the same.
CLASS_ANSWERS = Limit("class-answers", tries=200, seconds=600)


@dataclass(frozen=True)
class Sheet:
    """A wave's form as one page after another, the last of which shows everything once more."""

    wave: Wave
    steps: list[Step]

    @property
    def questions(self) -> list[Question]:
        return [question for step in self.steps for question in step.questions]

    def step(self, asked: str) -> Step | None:
        """Return the part asked for; None is the check at the end."""
        return next((step for step in self.steps if str(step.number) == asked), None)

    def first_wrong(self, form: StudentAnswerForm) -> Step:
        wrong = (step for step in self.steps if any(field.errors for _q, field in form.rows_of(step.questions)))
        return next(wrong, self.steps[0])


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def answer_student(request: Request, token: str) -> HttpResponseBase:
    """A student's own form; once answered it shows no more than that."""
    link = open_link(request, StudentLink, token)
    invitation = StudentInvitation.objects.select_related("wave__questionnaire").get(pk=link.invitation_id)
    if not invitation.wave.is_answerable(request.school.today()):
        return _closed(request, invitation.wave)
    if invitation.answered:
        return _thanks(request, invitation.wave)
    return _form(request, invitation.wave, lambda answers: _send_own(request, invitation, answers))


def _send_own(request: Request, invitation: StudentInvitation, answers: Answers) -> HttpResponseBase:
    try:
        submit_student_answers(invitation=invitation, answers=answers)
    except AlreadyAnsweredError:
        return _thanks(request, invitation.wave)
    return redirect(request.path)


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def answer_class(request: Request, token: str) -> HttpResponseBase:
    """The form behind a class's sheet, for everybody in the class."""
    link = open_link(request, ClassLink, token)
    wave = Wave.objects.select_related("questionnaire").get(pk=link.wave_id)
    if "sent" in request.GET:
        return _thanks(request, wave)
    if not wave.is_answerable(request.school.today()):
        return _closed(request, wave)
    return _form(request, wave, lambda answers: _send_in_class(request, wave, answers))


def _send_in_class(request: Request, wave: Wave, answers: Answers) -> HttpResponseBase:
    if not CLASS_ANSWERS.count(network_of(request)):
        return wait_response(request, CLASS_ANSWERS)

    def act() -> str:
        submit_class_answers(wave=wave, answers=answers)
        return f"{request.path}?sent=1"

    try:
        return redirect(act_once(submission=submission_key(request.POST), act=act))
    except ClassCompleteError:
        return render(request, "evaluation/public/complete.html", {"wave": wave}, status=HTTPStatus.CONFLICT)


def _form(request: Request, wave: Wave, send: Callable[[Answers], HttpResponseBase]) -> HttpResponseBase:
    """Show the part asked for with the other answers hidden in it; send only what was checked."""
    sheet = Sheet(wave, steps_of(list(wave.questionnaire.questions.all())))
    if request.method != "POST":
        return _part(request, sheet, StudentAnswerForm(questions=sheet.questions), sheet.steps[0])
    form, asked = StudentAnswerForm(request.POST, questions=sheet.questions), request.POST.get("go", CHECK)
    if not form.is_valid():
        return _part(request, sheet, form, sheet.first_wrong(form), HTTPStatus.UNPROCESSABLE_ENTITY)
    step = sheet.step(asked)
    if step or asked != SEND:
        return _part(request, sheet, form, step)
    try:
        return send(form.answers())
    except NothingSaidError:
        return _part(request, sheet, form, None, HTTPStatus.UNPROCESSABLE_ENTITY)
    except WaveClosedError:
        return _closed(request, wave)


def _part(
    request: Request, sheet: Sheet, form: StudentAnswerForm, step: Step | None, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    shown = step.questions if step else []
    context: dict[str, Any] = {
        "wave": sheet.wave,
        "form": form,
        "step": step,
        "rows": form.rows_of(shown),
        "hidden": [] if not form.is_bound else form.rows_of([q for q in sheet.questions if q not in shown]),
        "number": step.number if step else len(sheet.steps) + 1,
        "total": len(sheet.steps) + 1,
        "next": str(step.number + 1) if step and not step.is_last else CHECK,
        "back": str(step.number - 1) if step else str(len(sheet.steps)),
        "least": request.school.min_group_size_students,
        "lead": request.school.safeguarding_lead,
    }
    if step is None:
        context["parts"] = [(part, [(q, form.said(q)) for q in part.questions]) for part in sheet.steps]
        return render(request, "evaluation/public/check.html", context, status=status)
    return render(request, "evaluation/public/student.html", context, status=status)


def _thanks(request: Request, wave: Wave) -> HttpResponse:
    context = {"wave": wave, "least": request.school.min_group_size_students}
    return render(request, "evaluation/public/student_thanks.html", context)


def _closed(request: Request, wave: Wave) -> HttpResponse:
    return render(request, "evaluation/public/closed.html", {"wave": wave}, status=HTTPStatus.GONE)
