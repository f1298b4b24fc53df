"""What somebody answers through their link: each step is kept, the last one sends."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.services import current_school
from evaluation.enums import QuestionKind, Topic
from evaluation.models import Answer, Invitation, Question, Response
from partnerships.services import record_event
from pilots.services import note_feedback

Answers = dict[int, int | str | None]
FIGURES = {Topic.OVERALL: "overall", Topic.RECOMMEND: "recommend"}


class WaveClosedError(Exception):
    """Answers came after the wave had closed."""


@transaction.atomic
def save_answers(*, invitation: Invitation, answers: Answers) -> Response:
    """Keep the answers to some questions, by the questions' ids. Raises WaveClosedError."""
    invitation = Invitation.objects.select_for_update(of=("self",)).select_related("wave").get(pk=invitation.pk)
    if not invitation.wave.is_answerable(current_school().today()):
        raise WaveClosedError
    response, _made = Response.objects.get_or_create(
        invitation=invitation, defaults={"wave": invitation.wave, "organisation_id": invitation.organisation_id}
    )
    questions = Question.objects.filter(questionnaire_id=invitation.wave.questionnaire_id, pk__in=answers)
    Answer.objects.bulk_create(
        [answer_to(response, question, answers[question.pk]) for question in questions],
        update_conflicts=True,
        unique_fields=["response", "question"],
        update_fields=["number", "text"],
    )
    return response


def answer_to(response: Response, question: Question, value: int | str | None) -> Answer:
    if question.kind == QuestionKind.TEXT:
        return Answer(response=response, question=question, text=str(value or ""))
    return Answer(response=response, question=question, number=None if value is None else int(value))


@transaction.atomic
def submit_response(*, invitation: Invitation, answers: Answers) -> Response:
    """Send the answers; sent again before the wave closes, they replace what was sent. Raises WaveClosedError."""
    response = save_answers(invitation=invitation, answers=answers)
    is_first = response.submitted_at is None
    for topic, field in FIGURES.items():
        setattr(response, field, _number(response, topic))
    response.submitted_at = timezone.now()
    response.read_at = response.read_by = None
    response.save(update_fields=["overall", "recommend", "submitted_at", "read_at", "read_by"])
    invitation.links.filter(completed_at=None).update(completed_at=response.submitted_at)
    if is_first:
        _note_on_timeline(response)
        if response.wave.pilot:
            note_feedback(pilot=response.wave.pilot, at=response.submitted_at)
    return response


def _number(response: Response, topic: Topic) -> int | None:
    answered = response.answers.filter(question__topic=topic).exclude(number=None)
    return answered.values_list("number", flat=True).first()


def _note_on_timeline(response: Response) -> None:
    """Say that an answer came, not what it said: the timeline is read by everybody at the school."""
    invitation = response.invitation
    if invitation is None:
        return
    contact = invitation.contact
    record_event(
        invitation.organisation,
        "evaluation.answered",
        title=_("%(name)s answered our questions") % {"name": contact.name},
        body=response.wave.about or response.wave.title,
        contact=contact,
        url_name="evaluation:response",
        object_id=response.pk,
    )
