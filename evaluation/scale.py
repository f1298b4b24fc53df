"""A large, made-up school's feedback: a yearly wave, one answer for every fifth organisation; findings and changes."""

import datetime as dt
from collections.abc import Iterator
from itertools import islice
from typing import TypeVar

from django.db import models
from django.utils import timezone

from accounts.models import User
from evaluation.enums import ActionStatus, Asked, Audience, FindingStatus, QuestionKind, Topic, WaveStatus
from evaluation.keys import LEAST_KEY
from evaluation.models import (
    AdaptationAction,
    Answer,
    Finding,
    Invitation,
    Question,
    Questionnaire,
    Response,
    Wave,
)
from partnerships.models import Contact

BATCH = 5_000
EVERY = 5
CLASS_ANSWERS = 20
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
    _students(organisations, now)
    _learn(organisations, now)


def _learn(organisations: int, now: dt.datetime) -> None:
    """Write a finding for every 250th organisation, and a change for every other finding."""
    count = organisations // EVERY // 50
    _write(Finding, (_finding(number, now) for number in range(count)))
    _write(AdaptationAction, (_change(number, now) for number in range(count // 2)))


def _finding(number: int, now: dt.datetime) -> Finding:
    status = FindingStatus.NEW if number % 10 == 0 else FindingStatus.ACCEPTED
    return Finding(
        statement=f"Finding {number}",
        severity=1 + number % 4,
        effort=1 + number // 4 % 4,
        status=status,
        created_at=now - dt.timedelta(hours=number),
    )


def _change(number: int, now: dt.datetime) -> AdaptationAction:
    status = [ActionStatus.IN_PROGRESS, ActionStatus.IMPLEMENTED, ActionStatus.EFFECTIVE][number % 3]
    return AdaptationAction(
        title=f"Change {number}", due_on=now.date() + dt.timedelta(days=number % 200 - 20), status=status
    )


def _students(organisations: int, now: dt.datetime) -> None:
    """Write classes' rounds: one for every 1,000 organisations, with 20 answers each."""
    questionnaire = Questionnaire.objects.filter(audience=Audience.STUDENTS).earliest("pk")
    waves = Wave.objects.bulk_create(
        Wave(
            title=f"Class {number}",
            questionnaire=questionnaire,
            asked=Asked.CLASS,
            group=f"K-{number}",
            class_size=25,
            status=WaveStatus.CLOSED,
            closes_on=now.date() - dt.timedelta(days=number % 300),
            opened_at=now - dt.timedelta(days=number % 300 + 20),
        )
        for number in range(organisations // 1000)
    )
    _write(Response, (_unnamed(wave, seat) for wave in waves for seat in range(CLASS_ANSWERS)))


def _unnamed(wave: Wave, seat: int) -> Response:
    return Response(
        pk=LEAST_KEY + wave.pk * 1000 + seat,
        wave=wave,
        started_at=None,
        submitted_at=wave.opened_at,
        overall=1 + (wave.pk + seat) % 5,
        recommend=(wave.pk + seat) % 11,
    )


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
