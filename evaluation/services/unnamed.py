"""What students answer: kept without a name, a time or an order."""

from django.db import transaction

from accounts.services import current_school
from evaluation.enums import QuestionKind, Topic
from evaluation.keys import random_key
from evaluation.models import Answer, Question, Response, StudentInvitation, Wave
from evaluation.results import is_enough
from evaluation.services.answering import FIGURES, Answers, WaveClosedError, answer_to
from pilots.services import note_feedback


class AlreadyAnsweredError(Exception):
    """An answer came by this link before."""


class ClassCompleteError(Exception):
    """As many answers are in as the class has students."""


class NothingSaidError(Exception):
    """Every question was left out."""


@transaction.atomic
def submit_student_answers(*, invitation: StudentInvitation, answers: Answers) -> None:
    """Keep a student's answers; the invitation keeps only that they came.

    Raises WaveClosedError, AlreadyAnsweredError, NothingSaidError.
    """
    wave = _open_wave(invitation.wave_id)
    invitation = StudentInvitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if invitation.answered:
        raise AlreadyAnsweredError
    _keep(wave, answers)
    invitation.answered = True
    invitation.save(update_fields=["answered"])


@transaction.atomic
def submit_class_answers(*, wave: Wave, answers: Answers) -> None:
    """Keep the answers of somebody in a class. Raises WaveClosedError, ClassCompleteError, NothingSaidError."""
    wave = _open_wave(wave.pk)
    if wave.responses.count() >= (wave.class_size or 0):
        raise ClassCompleteError
    _keep(wave, answers)


def _open_wave(pk: int) -> Wave:
    wave = Wave.objects.select_for_update(of=("self",)).get(pk=pk)
    if not wave.is_answerable(current_school().today()):
        raise WaveClosedError
    return wave


def _keep(wave: Wave, answers: Answers) -> None:
    questions = {q.pk: q for q in Question.objects.filter(questionnaire_id=wave.questionnaire_id, pk__in=answers)}
    said = {pk: answers[pk] for pk in questions if answers[pk] not in (None, "")}
    if not said:
        raise NothingSaidError
    response = Response(pk=random_key(), wave=wave, submitted_at=wave.opened_at, started_at=None)
    for topic, field in FIGURES.items():
        setattr(response, field, next((said[pk] for pk in said if questions[pk].topic == topic), None))
    response.save(force_insert=True)
    Answer.objects.bulk_create(_answer(response, questions[pk], said[pk]) for pk in said)


def _answer(response: Response, question: Question, value: int | str | None) -> Answer:
    answer = answer_to(response, question, value)
    answer.pk = random_key()
    return answer


@transaction.atomic
def mix_answers(*, wave: Wave) -> None:
    """Write a wave's answers anew in random order, so that not even their place in the table tells who sent which."""
    responses = list(wave.responses.filter(organisation=None))
    answers = list(Answer.objects.filter(response__in=responses))
    wave.responses.filter(organisation=None).delete()
    fresh = {response.pk: random_key() for response in responses}
    for answer in answers:
        answer.pk, answer.response_id = random_key(), fresh[answer.response_id]
    for response in responses:
        response.pk = fresh[response.pk]
    Response.objects.bulk_create(sorted(responses, key=lambda row: row.pk), batch_size=500)
    Answer.objects.bulk_create(sorted(answers, key=lambda row: row.pk), batch_size=500)


def tell_pilot(*, wave: Wave) -> None:
    """Let the pilot know of students' answers once the wave is closed, all at one moment, and never of too few."""
    enough = is_enough(wave, least=current_school().min_group_size_students)
    if wave.pilot is None or wave.closed_at is None or not enough:
        return
    count = wave.responses.submitted().count()
    for _turn in range(count - wave.told_pilot):
        note_feedback(pilot=wave.pilot, at=wave.closed_at)
    wave.told_pilot = count
    wave.save(update_fields=["told_pilot"])


@transaction.atomic
def note_safety_seen(*, wave: Wave) -> None:
    """Take what the safeguarding lead has seen of a wave off her list."""
    wave = Wave.objects.select_for_update(of=("self",)).get(pk=wave.pk)
    wave.safety_seen = unsafe_answers(wave)
    wave.save(update_fields=["safety_seen"])


def unsafe_answers(wave: Wave) -> int:
    """Return how many students of a wave did not feel safe or respected."""
    said_no = Answer.objects.filter(response__wave=wave, response__organisation=None, number=0)
    return said_no.filter(question__topic=Topic.SAFE, question__kind=QuestionKind.YES_NO).count()
