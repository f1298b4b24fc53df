"""The form behind an emailed link: answered on a phone, without account or JavaScript."""

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.http import Request
from evaluation.forms import AnswerForm, field_name
from evaluation.models import Answer, FeedbackLink, Invitation
from evaluation.services import save_answers, submit_response
from evaluation.services.answering import WaveClosedError
from evaluation.steps import Step, steps_of
from mailing.links import open_link, public_page


@public_page
def answer(request: Request, token: str) -> HttpResponse:
    """Show a step or what was sent; a POST keeps the step and goes on, the last one sends."""
    link = open_link(request, FeedbackLink, token, used_too=True)
    invitation = Invitation.objects.select_related("wave__questionnaire", "wave__owner", "contact", "organisation").get(
        pk=link.invitation_id
    )
    if not invitation.wave.is_answerable(request.school.today()):
        return render(request, "evaluation/public/closed.html", {"wave": invitation.wave}, status=HTTPStatus.GONE)
    sent = getattr(invitation, "response", None)
    if request.method != "POST" and sent and sent.submitted_at and "step" not in request.GET:
        return render(request, "evaluation/public/thanks.html", _thanks(invitation))
    step = _step(request, invitation)
    return _post(request, invitation, step) if request.method == "POST" else _form_page(request, invitation, step)


def _step(request: Request, invitation: Invitation) -> Step:
    steps = steps_of(list(invitation.wave.questionnaire.questions.all()))
    asked = request.GET.get("step", "1")
    return next((step for step in steps if str(step.number) == asked), steps[0])


def _form_page(request: Request, invitation: Invitation, step: Step, form: AnswerForm | None = None) -> HttpResponse:
    form = form or AnswerForm(questions=step.questions, initial=_answered(invitation))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = {"invitation": invitation, "wave": invitation.wave, "step": step, "form": form}
    return render(request, "evaluation/public/form.html", context, status=status)


def _post(request: Request, invitation: Invitation, step: Step) -> HttpResponse:
    form = AnswerForm(request.POST, questions=step.questions)
    if not form.is_valid():
        return _form_page(request, invitation, step, form)
    act = submit_response if step.is_last else save_answers
    try:
        act(invitation=invitation, answers=form.answers())
    except WaveClosedError:
        return render(request, "evaluation/public/closed.html", {"wave": invitation.wave}, status=HTTPStatus.GONE)
    return redirect(request.path if step.is_last else f"{request.path}?step={step.number + 1}")


def _answered(invitation: Invitation) -> dict[str, str]:
    """What was answered before, for the form to show again."""
    answers = Answer.objects.filter(response__invitation=invitation).select_related("question")
    return {field_name(row.question): row.text if row.number is None else str(row.number) for row in answers}


def _thanks(invitation: Invitation) -> dict[str, object]:
    answers = Answer.objects.filter(response__invitation=invitation).select_related("question")
    return {
        "invitation": invitation,
        "wave": invitation.wave,
        "response": invitation.response,
        "answers": answers.order_by("question__order", "question_id"),
        "reader": invitation.wave.owner.name if invitation.wave.owner else _("the school"),
    }
