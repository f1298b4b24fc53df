"""Openings, students, and who works where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from opportunities.enums import OpeningStatus, PlacementStatus
from opportunities.matching import Obstacle, obstacles_of
from opportunities.models import Opening, Placement, Student
from opportunities.rules import can_place
from partnerships.services import record_event
from roadmap.lifecycle import TransitionRefusedError, move
from ui.conflicts import next_version, rewrite

CHANGEABLE = (PlacementStatus.PLANNED, PlacementStatus.CONFIRMED)


class PlacementRefusedError(Exception):
    """A placement cannot be like that; `obstacles` say why, each with the field it concerns."""

    def __init__(self, obstacles: list[Obstacle]) -> None:
        super().__init__([obstacle.words for obstacle in obstacles])
        self.obstacles = obstacles


class ReasonMissingError(Exception):
    """Ending early needs a reason."""


@transaction.atomic
def add_opening(*, opening: Opening, by: User) -> Opening:
    """Note the places that a firm offers."""
    if not can_place(by):
        raise PermissionDenied
    opening.created_by = opening.updated_by = by
    opening.save(force_insert=True)
    words = {"places": opening.places, "programme": opening.programme}
    _tell(opening, "opening", _("Offers places: %(places)d for %(programme)s") % words, by=by, body=opening.title)
    return opening


@transaction.atomic
def change_opening(*, opening: Opening, changes: Mapping[str, Any], opened: int, by: User) -> Opening:
    """Write an opening's form down. Raises PlacementRefusedError, StaleRecordError and PermissionDenied."""
    opening = _lock_opening(opening.pk, by)
    saved = rewrite(opening, changes, opened=opened, by=by)
    obstacles = _against_placements(opening)
    if obstacles:
        raise PlacementRefusedError(obstacles)
    opening.save(update_fields=saved)
    return opening


def _against_placements(opening: Opening) -> list[Obstacle]:
    """Say what in an opening would leave students without their place."""
    found = []
    placed = opening.placements.taking()
    if opening.places < opening.taken:
        words = _("%(n)d places are taken already.") % {"n": opening.taken}
        found.append(Obstacle("places", words))
    if placed.filter(starts_on__lt=opening.starts_on).exists():
        found.append(Obstacle("starts_on", _("A student starts before this day.")))
    if placed.filter(ends_on__gt=opening.ends_on).exists():
        found.append(Obstacle("ends_on", _("A student stays longer than this day.")))
    if placed.exclude(programme=opening.programme_id).exists():
        found.append(Obstacle("programme", _("Students of another programme have places here.")))
    return found


@transaction.atomic
def move_opening(*, opening: Opening, to: OpeningStatus, by: User) -> Opening:
    """Close, take back or open again. Raises TransitionRefusedError and PermissionDenied."""
    opening = _lock_opening(opening.pk, by)
    move(opening, to=to)
    opening.status_since, opening.updated_by = timezone.now(), by
    opening.save(update_fields=["status", "status_since", "updated_by", "updated_at"])
    return opening


@transaction.atomic
def add_student(*, student: Student, by: User) -> Student:
    if not can_place(by):
        raise PermissionDenied
    student.created_by = student.updated_by = by
    student.save(force_insert=True)
    return student


@transaction.atomic
def change_student(*, student: Student, changes: Mapping[str, Any], opened: int, by: User) -> Student:
    """Write a student's form down. Raises StaleRecordError and PermissionDenied."""
    if not can_place(by):
        raise PermissionDenied
    student = Student.objects.select_for_update(of=("self",)).get(pk=student.pk)
    student.save(update_fields=rewrite(student, changes, opened=opened, by=by))
    return student


@transaction.atomic
def plan_placement(*, student: Student, opening: Opening, starts_on: dt.date, ends_on: dt.date, by: User) -> Placement:
    """Give a student a place of an opening. Raises PlacementRefusedError and PermissionDenied."""
    opening = _lock_opening(opening.pk, by)
    # Locked too, so that two openings do not get the same student for the same days.
    student = Student.objects.select_for_update(of=("self",)).get(pk=student.pk)
    placement = Placement(
        student=student,
        opening=opening,
        programme_id=opening.programme_id,
        owner=by,
        starts_on=starts_on,
        ends_on=ends_on,
        created_by=by,
        updated_by=by,
    )
    obstacles = obstacles_of(placement)
    if obstacles:
        raise PlacementRefusedError(obstacles)
    placement.save(force_insert=True)
    opening.taken += 1
    opening.save(update_fields=["taken"])
    return placement


@transaction.atomic
def change_placement(*, placement: Placement, starts_on: dt.date, ends_on: dt.date, opened: int, by: User) -> Placement:
    """Move the days of a placement that has not begun.

    Raises PlacementRefusedError, TransitionRefusedError, StaleRecordError and PermissionDenied.
    """
    placement = _lock_placement(placement, by)
    if placement.status not in CHANGEABLE:
        raise TransitionRefusedError(placement, placement.status)
    stamped = next_version(placement, opened=opened, by=by)
    placement.starts_on, placement.ends_on = starts_on, ends_on
    obstacles = obstacles_of(placement)
    if obstacles:
        raise PlacementRefusedError(obstacles)
    placement.save(update_fields=["starts_on", "ends_on", *stamped])
    return placement


@transaction.atomic
def move_placement(*, placement: Placement, to: PlacementStatus, by: User, reason: str = "") -> Placement:
    """Confirm, start, complete, end early or cancel; a cancelled place is free again.

    Raises TransitionRefusedError, ReasonMissingError and PermissionDenied.
    """
    placement = _lock_placement(placement, by)
    move(placement, to=to)
    if to == PlacementStatus.ENDED_EARLY and not reason.strip():
        raise ReasonMissingError
    placement.status_since, placement.updated_by, placement.ended_reason = timezone.now(), by, reason.strip()[:300]
    placement.save(update_fields=["status", "status_since", "updated_by", "ended_reason", "updated_at"])
    if to == PlacementStatus.CANCELLED:
        placement.opening.taken -= 1
        placement.opening.save(update_fields=["taken"])
    _tell_moved(placement, to, by)
    return placement


def _tell_moved(placement: Placement, to: PlacementStatus, by: User) -> None:
    """Tell the firm's timeline, with the student's reference only."""
    titles = {
        PlacementStatus.CONFIRMED: _("Placement confirmed: %(student)s"),
        PlacementStatus.ACTIVE: _("Placement begun: %(student)s"),
        PlacementStatus.COMPLETED: _("Placement completed: %(student)s"),
        PlacementStatus.ENDED_EARLY: _("Placement ended early: %(student)s"),
        PlacementStatus.CANCELLED: _("Placement cancelled: %(student)s"),
    }
    title = titles[to] % {"student": placement.student.reference}
    _tell(placement.opening, "placement", title, by=by, body=placement.opening.title, placement=placement)


def _lock_opening(pk: int, by: User) -> Opening:
    """Lock an opening, always before its placements and students."""
    if not can_place(by):
        raise PermissionDenied
    rows = Opening.objects.select_for_update(of=("self",)).select_related("organisation", "programme")
    return rows.get(pk=pk)


def _lock_placement(placement: Placement, by: User) -> Placement:
    opening = _lock_opening(placement.opening_id, by)
    rows = Placement.objects.select_for_update(of=("self",)).select_related("student")
    locked = rows.get(pk=placement.pk)
    locked.opening = opening
    return locked


def _tell(
    opening: Opening, kind: str, title: str, *, by: User, body: str = "", placement: Placement | None = None
) -> None:
    record_event(
        opening.organisation,
        f"opportunities.{kind}",
        title=title,
        body=body,
        actor=by,
        url_name="opportunities:placement" if placement else "opportunities:opening",
        object_id=placement.pk if placement else opening.pk,
    )
