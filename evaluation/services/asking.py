"""Preparing a wave, opening it, reminding those who are silent, closing it."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.rules import can_edit
from accounts.services import current_school
from evaluation.enums import Asked, WaveStatus
from evaluation.models import Invitation, Questionnaire, Wave
from evaluation.rules import can_choose_people
from evaluation.services.links import extend_links
from evaluation.services.students import add_students
from evaluation.services.unnamed import mix_answers, tell_pilot
from jobs.queue import wake
from opportunities.models import Student
from partnerships.models import Contact
from roadmap.lifecycle import move

LEAST_DAYS_BETWEEN_REMINDERS = 3


class NobodyToAskError(Exception):
    """The wave has nobody who can be written to."""


class NoQuestionsError(Exception):
    """The questionnaire has no questions yet."""


class AlreadyOverError(Exception):
    """The wave's last day has passed."""


class TooFewToShowError(Exception):
    """So few students are asked that their answers could never be shown."""


class RemindedLatelyError(Exception):
    """The silent were reminded less than three days ago."""


def _locked(wave: Wave, by: User) -> Wave:
    if not can_edit(by):
        raise PermissionDenied
    return Wave.objects.select_for_update(of=("self",)).get(pk=wave.pk)


@transaction.atomic
def draft_wave(
    *, by: User, contacts: QuerySet[Contact], students: QuerySet[Student] | None = None, **fields: Any
) -> Wave:
    """Begin a wave with the people given; nothing leaves before it is opened."""
    if not can_edit(by):
        raise PermissionDenied
    wave = Wave.objects.create(**fields, owner=by, created_by=by)
    if wave.asked == Asked.CONTACTS:
        add_people(wave=wave, contacts=contacts, by=by)
    elif wave.asked == Asked.STUDENTS and students is not None:
        add_students(wave=wave, students=students, by=by)
    return wave


@transaction.atomic
def change_wave(*, wave: Wave, by: User, **fields: Any) -> Wave:
    """Change the words and the last day of a wave that is not closed."""
    wave = _locked(wave, by)
    if wave.status == WaveStatus.CLOSED:
        raise AlreadyOverError
    for name, value in fields.items():
        setattr(wave, name, value)
    wave.updated_by = by
    wave.save(update_fields=[*fields, "updated_by", "updated_at"])
    extend_links(wave=wave)
    return wave


def reachable(contacts: QuerySet[Contact]) -> QuerySet[Contact]:
    """Narrow to people who have an address and want to be written to, at organisations of which the same is true."""
    return contacts.filter(
        archived_at=None, do_not_contact=False, organisation__archived_at=None, organisation__do_not_contact=False
    ).exclude(email="")


@transaction.atomic
def add_people(*, wave: Wave, contacts: QuerySet[Contact], by: User) -> int:
    """Add those who can be reached and are not in the wave yet; return how many came in."""
    wave = _locked(wave, by)
    if not can_choose_people(by, wave):
        raise PermissionDenied
    before = wave.invitations.count()
    people = reachable(contacts).values_list("pk", "organisation_id").iterator(chunk_size=2000)
    Invitation.objects.bulk_create(
        (Invitation(wave=wave, contact_id=pk, organisation_id=firm) for pk, firm in people),
        batch_size=500,
        ignore_conflicts=True,
    )
    if wave.status == WaveStatus.OPEN:
        wake("evaluation.send_invitations", wave.pk)
    return wave.invitations.count() - before


@transaction.atomic
def remove_person(*, invitation: Invitation, by: User) -> None:
    """Take somebody out of a wave before they were written to."""
    wave = _locked(invitation.wave, by)
    removed, _rows = Invitation.objects.filter(pk=invitation.pk, wave=wave, sent_at=None).delete()
    if not removed:
        raise PermissionDenied


@transaction.atomic
def open_wave(*, wave: Wave, by: User) -> Wave:
    """Open the wave: its questions are frozen and everybody gets their link. Raises the errors named above."""
    wave = _locked(wave, by)
    if wave.closes_on < current_school().today():
        raise AlreadyOverError
    if not wave.questionnaire.questions.exists():
        raise NoQuestionsError
    _check_audience(wave)
    move(wave, to=WaveStatus.OPEN)
    wave.opened_at = timezone.now()
    wave.save(update_fields=["status", "opened_at"])
    Questionnaire.objects.filter(pk=wave.questionnaire_id, frozen_at=None).update(frozen_at=wave.opened_at)
    wake("evaluation.send_invitations", wave.pk)
    return wave


def _check_audience(wave: Wave) -> None:
    """Raises NobodyToAskError; of students TooFewToShowError where their answers could never be shown."""
    if not wave.is_of_students:
        if not wave.invitations.exists():
            raise NobodyToAskError
        return
    asked = wave.class_size if wave.is_of_class else wave.student_invitations.count()
    if not asked:
        raise NobodyToAskError
    if asked < current_school().min_group_size_students:
        raise TooFewToShowError


@transaction.atomic
def remind_silent(*, wave: Wave, by: User) -> int:
    """Ask the sweep to write again to those who were asked and have not answered; return how many."""
    wave = _locked(wave, by)
    if wave.is_of_class:
        raise NobodyToAskError
    if not wave.is_answerable(current_school().today()):
        raise AlreadyOverError
    now = timezone.now()
    if wave.reminded_at and now - wave.reminded_at < dt.timedelta(days=LEAST_DAYS_BETWEEN_REMINDERS):
        raise RemindedLatelyError
    wave.reminded_at = now
    wave.save(update_fields=["reminded_at"])
    wake("evaluation.send_invitations", wave.pk)
    return silent_count(wave)


def silent_count(wave: Wave) -> int:
    """Return how many of those written to have not answered; of a class nobody was written to."""
    if wave.asked == Asked.STUDENTS:
        return wave.student_invitations.silent().count()
    return wave.invitations.silent().count()


@transaction.atomic
def close_wave(*, wave: Wave, by: User) -> Wave:
    wave = _locked(wave, by)
    return _close(wave)


def _close(wave: Wave) -> Wave:
    move(wave, to=WaveStatus.CLOSED)
    wave.closed_at = timezone.now()
    wave.save(update_fields=["status", "closed_at"])
    if wave.is_of_students:
        mix_answers(wave=wave)
        tell_pilot(wave=wave)
    return wave


@transaction.atomic
def close_if_over(*, pk: int, today: dt.date) -> bool:
    """Close a wave whose last day has passed; safe to run twice."""
    wave = Wave.objects.select_for_update(of=("self",)).get(pk=pk)
    if wave.status != WaveStatus.OPEN or wave.closes_on >= today:
        return False
    _close(wave)
    return True


@transaction.atomic
def reopen_wave(*, wave: Wave, closes_on: dt.date, by: User) -> Wave:
    """Open a closed wave again until a later day."""
    wave = _locked(wave, by)
    if closes_on < current_school().today():
        raise AlreadyOverError
    move(wave, to=WaveStatus.OPEN)
    wave.closes_on, wave.closed_at = closes_on, None
    wave.save(update_fields=["status", "closes_on", "closed_at"])
    extend_links(wave=wave)
    return wave
