"""The demo's openings, students and placements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from accounts.models import School
from goals.models import Programme
from opportunities.demo_data import CLASSES, EARLY_REASONS, PLACES, Places
from opportunities.enums import OpeningStatus, PlacementStatus
from opportunities.models import Opening, Placement, Student
from partnerships.models import Organisation, TimelineEvent

# Ages from 16 and a half to 19, so that nobody was too young when the year began.
YOUNGEST_DAYS, AGE_STEP = 16 * 365 + 190, 9


def add_places(day: dt.date, partners: Mapping[str, Organisation], programmes: Mapping[str, Programme]) -> None:
    students = _students(day, programmes)
    openings = Opening.objects.bulk_create(
        _opening(day, told, partners[told.partner], programmes[told.programme]) for told in PLACES
    )
    early = iter(EARLY_REASONS)
    made: list[Placement] = []
    for told, opening in zip(PLACES, openings, strict=True):
        free = students[told.programme]
        for status, places in told.filled.items():
            made += [_placement(day, opening, next(free), status, early) for _nth in range(places)]
    Placement.objects.bulk_create(made)
    TimelineEvent.objects.bulk_create(
        event for told, opening in zip(PLACES, openings, strict=True) for event in _events(day, told, opening)
    )


def _students(day: dt.date, programmes: Mapping[str, Programme]) -> dict[str, Iterator[Student]]:
    """Make every class and return its students, oldest first, by programme."""
    made = Student.objects.bulk_create(
        Student(
            reference=f"{group}-{nth:02}",
            email=f"{group}-{nth:02}@students.lindenvale.example.org".lower(),
            birth_date=day - dt.timedelta(days=YOUNGEST_DAYS + AGE_STEP * ((nth * 37) % 110)),
            programme=programmes[code],
            group=group,
        )
        for code, group, size in CLASSES
        for nth in range(1, size + 1)
    )
    return {
        code: iter(sorted((one for one in made if one.group == group), key=lambda one: (one.birth_date, one.pk)))
        for code, group, _size in CLASSES
    }


def _opening(day: dt.date, told: Places, partner: Organisation, programme: Programme) -> Opening:
    taken, starts_on = sum(told.filled.values()), day + dt.timedelta(days=told.starts)
    offered = min(starts_on - dt.timedelta(days=40), day - dt.timedelta(days=told.days_on_offer))
    since = dt.datetime.combine(offered, dt.time(9, 30), School.objects.get(pk=School.PK).zone)
    return Opening(
        organisation=partner,
        programme=programme,
        title=told.title,
        places=taken + told.free,
        taken=taken,
        starts_on=starts_on,
        ends_on=day + dt.timedelta(days=told.ends),
        min_age=told.min_age,
        note=told.note,
        status=OpeningStatus.OPEN if told.starts > 0 else OpeningStatus.CLOSED,
        status_since=since,
        created_at=since,
        created_by=partner.owner,
        updated_by=partner.owner,
    )


def _placement(
    day: dt.date, opening: Opening, student: Student, status: PlacementStatus, early: Iterator[str]
) -> Placement:
    owner = opening.organisation.owner
    moved = min(opening.ends_on, day - dt.timedelta(days=student.pk % 20))
    return Placement(
        student=student,
        opening=opening,
        programme_id=opening.programme_id,
        owner=owner,
        created_by=owner,
        updated_by=owner,
        starts_on=opening.starts_on,
        ends_on=opening.ends_on,
        status=status,
        status_since=dt.datetime.combine(moved, dt.time(16), opening.status_since.tzinfo),
        ended_reason=next(early) if status == PlacementStatus.ENDED_EARLY else "",
    )


def _events(day: dt.date, told: Places, opening: Opening) -> list[TimelineEvent]:
    title = f"Offers places: {opening.places} for {opening.programme}"
    happened = [(opening.status_since, "opening", title)]
    if told.filled and opening.ends_on < day:
        ended = dt.datetime.combine(opening.ends_on, dt.time(16), opening.status_since.tzinfo)
        happened.append((ended, "placement", f"Placements completed: {told.filled.get(PlacementStatus.COMPLETED, 0)}"))
    return [
        TimelineEvent(
            organisation=opening.organisation,
            kind=f"opportunities.{kind}",
            at=at,
            title=title,
            body=opening.title,
            actor=opening.organisation.owner,
            url_name="opportunities:opening",
            object_id=opening.pk,
        )
        for at, kind, title in happened
    ]
