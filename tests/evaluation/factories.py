"""Questionnaires, rounds of asking and answers."""

import datetime as dt

import factory
from django.utils import timezone

from evaluation.enums import ActionStatus, Asked, Audience, QuestionKind, Topic, WaveStatus
from evaluation.keys import random_key
from evaluation.models import (
    AdaptationAction,
    Answer,
    ClassLink,
    FeedbackLink,
    Finding,
    Invitation,
    Question,
    Questionnaire,
    Response,
    StudentInvitation,
    StudentLink,
    Wave,
)
from mailing.models import hash_token, new_token
from opportunities.models import Student
from tests.goals.factories import ProgrammeFactory
from tests.partnerships.factories import ContactFactory


class QuestionnaireFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Questionnaire

    title = factory.Sequence(lambda n: f"Questionnaire {n}")
    intro = "How was it?"


class QuestionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Question

    class Params:
        overall = factory.Trait(topic=Topic.OVERALL)
        recommend = factory.Trait(topic=Topic.RECOMMEND, kind=QuestionKind.RECOMMEND)
        yes_no = factory.Trait(kind=QuestionKind.YES_NO)
        words = factory.Trait(kind=QuestionKind.TEXT, required=False)

    questionnaire = factory.SubFactory(QuestionnaireFactory)
    order = factory.Sequence(lambda n: n % 30_000)
    text = factory.Sequence(lambda n: f"Question {n}?")


class WaveFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Wave

    class Params:
        opened = factory.Trait(status=WaveStatus.OPEN, opened_at=factory.LazyFunction(timezone.now))
        closed = factory.Trait(
            status=WaveStatus.CLOSED,
            opened_at=factory.LazyFunction(timezone.now),
            closed_at=factory.LazyFunction(timezone.now),
        )

    title = factory.Sequence(lambda n: f"Round {n}")
    questionnaire = factory.SubFactory(QuestionnaireFactory)
    about = "Placement of four students"
    closes_on = factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=14))


class InvitationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Invitation

    class Params:
        sent = factory.Trait(sent_at=factory.LazyFunction(timezone.now))

    wave = factory.SubFactory(WaveFactory, opened=True)
    contact = factory.SubFactory(ContactFactory)
    organisation = factory.SelfAttribute("contact.organisation")


class StudentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Student

    reference = factory.Sequence(lambda n: f"S-{n:04}")
    name = factory.Sequence(lambda n: f"Student {n}")
    email = factory.LazyAttribute(lambda student: f"{student.reference.lower()}@example.org")
    programme = factory.SubFactory(ProgrammeFactory)


class StudentInvitationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = StudentInvitation

    class Params:
        sent = factory.Trait(sent_at=factory.LazyFunction(timezone.now))

    wave = factory.SubFactory(WaveFactory, opened=True, asked=Asked.STUDENTS)
    student = factory.SubFactory(StudentFactory)


class ResponseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Response

    class Params:
        student = factory.Trait(
            id=factory.LazyFunction(random_key),
            invitation=None,
            organisation=None,
            started_at=None,
            submitted_at=factory.LazyAttribute(lambda response: response.wave.opened_at),
        )

    invitation = factory.SubFactory(InvitationFactory, sent=True)
    wave = factory.SelfAttribute("invitation.wave")
    organisation = factory.SelfAttribute("invitation.organisation")
    submitted_at = factory.LazyFunction(timezone.now)


class AnswerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Answer

    response = factory.SubFactory(ResponseFactory)
    question = factory.SubFactory(QuestionFactory)


def feedback_token(invitation: Invitation) -> str:
    """Give out a live link and return its secret."""
    token = new_token()
    FeedbackLink.objects.create(
        invitation=invitation,
        token_hash=hash_token(token),
        email=invitation.contact.email,
        expires_at=timezone.now() + dt.timedelta(days=14),
    )
    return token


def standard_wave() -> Wave:
    """An open round with one question of each kind."""
    questionnaire = QuestionnaireFactory()
    QuestionFactory(questionnaire=questionnaire, overall=True, text="Satisfied?", low="Not at all", high="Very")
    QuestionFactory(questionnaire=questionnaire, recommend=True, text="Recommend?")
    QuestionFactory(questionnaire=questionnaire, yes_no=True, text="Again?")
    QuestionFactory(questionnaire=questionnaire, words=True, text="What went well?")
    return WaveFactory(opened=True, questionnaire=questionnaire)


class FindingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Finding

    statement = factory.Sequence(lambda n: f"Students come without shoes {n}")
    words = "“They arrived without safety shoes.”"
    severity = 3
    effort = 1


class ChangeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AdaptationAction
        skip_postgeneration_save = True

    class Params:
        late = factory.Trait(due_on=factory.LazyFunction(lambda: timezone.localdate() - dt.timedelta(days=6)))

    title = factory.Sequence(lambda n: f"Safety briefing {n}")
    due_on = factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=20))
    status = ActionStatus.PROPOSED
    declined_reason = factory.LazyAttribute(lambda one: "Too dear" if one.status == ActionStatus.DECLINED else "")
    untold_reason = factory.LazyAttribute(lambda one: "Nobody asked" if one.status == ActionStatus.CLOSED else "")

    @factory.post_generation
    def findings(self, _create, found, **_more):
        self.findings.set(found or [])


def student_questions() -> Questionnaire:
    questionnaire = QuestionnaireFactory(audience=Audience.STUDENTS, title="How was your placement?")
    QuestionFactory(questionnaire=questionnaire, overall=True, text="Satisfied?", required=False)
    QuestionFactory(
        questionnaire=questionnaire, topic=Topic.SAFE, kind=QuestionKind.YES_NO, text="Safe?", required=False
    )
    QuestionFactory(questionnaire=questionnaire, words=True, text="What should change?")
    return questionnaire


def student_wave(*, asked: int = 5, answered: int = 0, **fields) -> Wave:
    """An open round in which students were written to, some of whom have answered."""
    wave = WaveFactory(opened=True, asked=Asked.STUDENTS, questionnaire=student_questions(), **fields)
    for number in range(asked):
        StudentInvitationFactory(wave=wave, sent=True, answered=number < answered)
    for _number in range(answered):
        ResponseFactory(wave=wave, student=True)
    return wave


def wave_of_class(*, size: int = 12, **fields) -> Wave:
    fields = {"opened": True, "questionnaire": student_questions()} | fields
    return WaveFactory(asked=Asked.CLASS, group="EL-2", class_size=size, **fields)


def student_answers(number: int, **fields) -> Wave:
    """A round with so many answers of students."""
    wave = student_wave(asked=0)
    for _turn in range(number):
        ResponseFactory(wave=wave, student=True, **fields)
    return wave


def student_token(invitation: StudentInvitation) -> str:
    return _token(StudentLink(invitation=invitation, email=invitation.student.email))


def class_token(wave: Wave) -> str:
    return _token(ClassLink(wave=wave))


def _token(link: StudentLink | ClassLink) -> str:
    token = new_token()
    link.token_hash, link.expires_at = hash_token(token), timezone.now() + dt.timedelta(days=14)
    link.save()
    return token
