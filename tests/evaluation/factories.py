"""Questionnaires, rounds of asking and answers."""

import datetime as dt

import factory
from django.utils import timezone

from evaluation.enums import QuestionKind, Topic, WaveStatus
from evaluation.models import Answer, FeedbackLink, Invitation, Question, Questionnaire, Response, Wave
from mailing.models import hash_token, new_token
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


class ResponseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Response

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
