"""A large, made-up school's feedback: firms' and classes' rounds, findings and changes.

One answer for every fifth organisation. How many rounds there are depends on years and classes, not on firms.
"""

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
ROUNDS, CLASSES = 40, 60
CLASS_ANSWERS = 20
T = TypeVar("T", bound=models.Model)


def make(organisations: int) -> None:
    """Invite the main contact of every fifth of `organisations`, in rounds through the year; all answer."""
    now = timezone.now()
    questionnaire = Questionnaire.objects.filter(audience=Audience.FIRMS).earliest("pk")
    waves = _rounds(questionnaire, now)
    people = Contact.objects.filter(is_primary=True).order_by("pk").values_list("pk", "organisation_id")
    chosen = islice(people.iterator(chunk_size=BATCH), 0, organisations, EVERY)
    invited = ((waves[at % ROUNDS], pk, firm) for at, (pk, firm) in enumerate(chosen))
    _write(Invitation, (_invitation(wave, pk, firm) for wave, pk, firm in invited))
    rows = Invitation.objects.order_by("pk")
    _write(Response, (_response(row, now) for row in rows.iterator(chunk_size=BATCH)))
    questions = list(questionnaire.questions.exclude(kind=QuestionKind.TEXT))
    answered = Response.objects.filter(wave__in=waves).order_by("pk").only("pk", "overall", "recommend")
    _write(Answer, (_answer(row, question) for row in answered.iterator(chunk_size=BATCH) for question in questions))
    _students(now)
    _learn(organisations, now)


def _rounds(questionnaire: Questionnaire, now: dt.datetime) -> list[Wave]:
    """Write the year's rounds among firms; the newest is open."""
    owner = User.objects.order_by("pk").first()
    return Wave.objects.bulk_create(
        Wave(
            title=f"Round {ROUNDS - number}",
            questionnaire=questionnaire,
            closes_on=now.date() + dt.timedelta(days=14 - 8 * number),
            status=WaveStatus.CLOSED if number else WaveStatus.OPEN,
            opened_at=now - dt.timedelta(days=8 * number + 1),
            owner=owner,
        )
        for number in range(ROUNDS)
    )


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


def _students(now: dt.datetime) -> None:
    """Write classes' rounds, with 20 answers each."""
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
        for number in range(CLASSES)
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


def _invitation(wave: Wave, contact_id: int, organisation_id: int) -> Invitation:
    return Invitation(wave=wave, contact_id=contact_id, organisation_id=organisation_id, sent_at=wave.opened_at)


def _response(invitation: Invitation, now: dt.datetime) -> Response:
    asked = invitation.sent_at or now
    return Response(
        wave_id=invitation.wave_id,
        invitation_id=invitation.pk,
        organisation_id=invitation.organisation_id,
        submitted_at=min(asked + dt.timedelta(minutes=invitation.pk % 9_000), now),
        overall=1 + invitation.pk % 5,
        recommend=invitation.pk % 11,
        read_at=now if invitation.pk % 100 else None,
    )


def _answer(response: Response, question: Question) -> Answer:
    numbers = {Topic.OVERALL: response.overall, Topic.RECOMMEND: response.recommend}
    low, high = question.bounds or (0, 0)
    usual = low + (response.pk + question.pk) % (high - low + 1)
    return Answer(response=response, question=question, number=numbers.get(Topic(question.topic), usual))


def _write(model: type[T], rows: Iterator[T]) -> None:
    while batch := list(islice(rows, BATCH)):
        model._default_manager.bulk_create(batch)
