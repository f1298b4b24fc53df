"""A large, made-up school's feedback: a yearly wave, one answer for every fifth organisation."""

import datetime as dt
from collections.abc import Iterator
from itertools import islice
from typing import TypeVar

from django.db import models
from django.utils import timezone

from accounts.models import User
from evaluation.enums import Audience, QuestionKind, Topic, WaveStatus
from evaluation.models import Answer, Invitation, Question, Questionnaire, Response, Wave
from partnerships.models import Contact

BATCH = 5_000
EVERY = 5
T = TypeVar("T", bound=models.Model)


def make(organisations: int) -> None:
    """Invite the main contact of every fifth of `organisations` and let them all answer."""
    now = timezone.now()
    questionnaire = Questionnaire.objects.filter(audience=Audience.FIRMS).earliest("pk")
    wave = Wave.objects.create(
        title="Yearly round",
        questionnaire=questionnaire,
        closes_on=now.date() + dt.timedelta(days=30),
        status=WaveStatus.OPEN,
        opened_at=now - dt.timedelta(days=30),
        owner=User.objects.order_by("pk").first(),
    )
    people = Contact.objects.filter(is_primary=True).order_by("pk").values_list("pk", "organisation_id")
    chosen = islice(people.iterator(chunk_size=BATCH), 0, organisations, EVERY)
    _write(Invitation, (_invitation(wave, pk, firm, now) for pk, firm in chosen))
    rows = Invitation.objects.filter(wave=wave).order_by("pk").values_list("pk", "organisation_id")
    _write(Response, (_response(wave, pk, firm, now) for pk, firm in rows.iterator(chunk_size=BATCH)))
    questions = list(questionnaire.questions.exclude(kind=QuestionKind.TEXT))
    answered = Response.objects.filter(wave=wave).order_by("pk").only("pk", "overall", "recommend")
    _write(Answer, (_answer(row, question) for row in answered.iterator(chunk_size=BATCH) for question in questions))


def _invitation(wave: Wave, contact_id: int, organisation_id: int, now: dt.datetime) -> Invitation:
    return Invitation(
        wave=wave, contact_id=contact_id, organisation_id=organisation_id, sent_at=now - dt.timedelta(days=30)
    )


def _response(wave: Wave, invitation_id: int, organisation_id: int, now: dt.datetime) -> Response:
    return Response(
        wave=wave,
        invitation_id=invitation_id,
        organisation_id=organisation_id,
        submitted_at=now - dt.timedelta(minutes=invitation_id % 40_000),
        overall=1 + invitation_id % 5,
        recommend=invitation_id % 11,
        read_at=now if invitation_id % 100 else None,
    )


def _answer(response: Response, question: Question) -> Answer:
    numbers = {Topic.OVERALL: response.overall, Topic.RECOMMEND: response.recommend}
    low, high = question.bounds or (0, 0)
    usual = low + (response.pk + question.pk) % (high - low + 1)
    return Answer(response=response, question=question, number=numbers.get(Topic(question.topic), usual))


def _write(model: type[T], rows: Iterator[T]) -> None:
    while batch := list(islice(rows, BATCH)):
        model._default_manager.bulk_create(batch)
