"""Whether a student can have a place: what stands in the way, and what to mind."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from opportunities.enums import PlacementStatus
from opportunities.models import Placement


@dataclass(frozen=True)
class Obstacle:
    """Why something cannot be so, and which field of the form it concerns."""

    field: str
    words: str


def obstacles_of(placement: Placement) -> list[Obstacle]:
    """Return what stands in the way of a placement whose opening is locked; two queries at most."""
    return [*_of_days(placement), *_of_opening(placement), *_of_student(placement)]


def _of_days(placement: Placement) -> list[Obstacle]:
    opening = placement.opening
    checks = [
        ("ends_on", _("The last day comes before the first."), placement.ends_on < placement.starts_on),
        ("starts_on", _("The opening begins later."), placement.starts_on < opening.starts_on),
        ("ends_on", _("The opening ends earlier."), placement.ends_on > opening.ends_on),
    ]
    return [Obstacle(field, words) for field, words, is_so in checks if is_so]


def _of_opening(placement: Placement) -> list[Obstacle]:
    opening, student = placement.opening, placement.student
    checks = [
        ("opening", _("This opening is not open."), placement.is_new and not opening.is_open),
        ("opening", _("All places of this opening are taken."), placement.is_new and opening.free < 1),
        ("student", _("The opening is for another programme."), student.programme_id != opening.programme_id),
    ]
    return [Obstacle(field, words) for field, words, is_so in checks if is_so]


def _of_student(placement: Placement) -> list[Obstacle]:
    student, opening = placement.student, placement.opening
    found = []
    if student.left_on is not None and student.left_on < placement.ends_on:
        found.append(Obstacle("student", _("This student has left, or leaves before the last day.")))
    age = student.age_on(placement.starts_on)
    if age is not None and opening.min_age is not None and age < opening.min_age:
        words = _("The firm takes students from %(n)d years; this one is %(age)d on the first day.")
        found.append(Obstacle("student", words % {"n": opening.min_age, "age": age}))
    others = student.placements.taking().exclude(pk=placement.pk).exclude(status=PlacementStatus.ENDED_EARLY)
    if others.overlapping(placement.starts_on, placement.ends_on).exists():
        found.append(Obstacle("student", _("This student is placed elsewhere during these days.")))
    elif placement.is_new and student.placements.taking().filter(opening=opening).exists():
        found.append(Obstacle("student", _("This student has a place of this opening already.")))
    return found
