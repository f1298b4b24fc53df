"""Who can have which place, what a form refuses, and what a cancelled place sets free."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from opportunities.enums import PlacementStatus
from opportunities.models import Opening, Placement, Student
from opportunities.services import (
    PlacementRefusedError,
    ReasonMissingError,
    change_opening,
    change_placement,
    move_placement,
    plan_placement,
)
from partnerships.models import TimelineEvent
from roadmap.lifecycle import TransitionRefusedError
from tests.goals.factories import ProgrammeFactory
from tests.opportunities.factories import OpeningFactory, PlacementFactory, StudentFactory, day
from ui.conflicts import StaleRecordError

pytestmark = pytest.mark.django_db


@pytest.fixture
def opening(school):
    return OpeningFactory(places=2)


@pytest.fixture
def student(opening):
    return StudentFactory(programme=opening.programme)


def _plan(student, opening, by, **days):
    days = {"starts_on": opening.starts_on, "ends_on": opening.ends_on, **days}
    return plan_placement(student=student, opening=opening, by=by, **days)


def _refusal(act):
    with pytest.raises(PlacementRefusedError) as refused:
        act()
    return [(obstacle.field, obstacle.words) for obstacle in refused.value.obstacles]


def test_a_student_gets_a_place_and_it_is_taken(student, opening, coordinator):
    placement = _plan(student, opening, coordinator)

    opening.refresh_from_db()
    assert (placement.status, placement.programme, opening.taken) == ("planned", opening.programme, 1)


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ({"starts_on": day(9)}, ("starts_on", "The opening begins later.")),
        ({"ends_on": day(41)}, ("ends_on", "The opening ends earlier.")),
        ({"starts_on": day(20), "ends_on": day(15)}, ("ends_on", "The last day comes before the first.")),
    ],
)
def test_days_lie_within_the_openings(student, opening, coordinator, days, found):
    assert _refusal(lambda: _plan(student, opening, coordinator, **days)) == [found]


def test_no_more_are_placed_than_there_are_places(opening, coordinator):
    for _nth in range(2):
        _plan(StudentFactory(programme=opening.programme), opening, coordinator)

    late = StudentFactory(programme=opening.programme)

    assert _refusal(lambda: _plan(late, opening, coordinator)) == [("opening", "All places of this opening are taken.")]
    opening.refresh_from_db()
    assert opening.taken == 2


def test_database_itself_refuses_one_too_many(opening):
    with pytest.raises(IntegrityError), transaction.atomic():
        Opening.objects.filter(pk=opening.pk).update(taken=3)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"programme": None}, "The opening is for another programme."),
        ({"left_on": day(20)}, "This student has left, or leaves before the last day."),
        ({"birth_date": day(-15 * 366)}, "The firm takes students from 16 years; this one is 15 on the first day."),
    ],
)
def test_what_stands_in_the_way_of_a_student(opening, coordinator, fields, words):
    opening.min_age = 16
    opening.save()
    student = StudentFactory(**{"programme": opening.programme, **{k: v for k, v in fields.items() if v}})
    if "programme" in fields:
        student.programme = ProgrammeFactory()
        student.save()

    assert _refusal(lambda: _plan(student, opening, coordinator)) == [("student", words)]


def test_unknown_age_is_no_obstacle(opening, coordinator):
    opening.min_age = 16
    opening.save()

    assert _plan(StudentFactory(programme=opening.programme, birth_date=None), opening, coordinator).pk


def test_closed_opening_takes_nobody(opening, student, coordinator):
    Opening.objects.update(status="closed")

    assert _refusal(lambda: _plan(student, opening, coordinator)) == [("opening", "This opening is not open.")]


def test_student_is_in_one_place_at_a_time(opening, student, coordinator):
    _plan(student, opening, coordinator, ends_on=day(20))
    other = OpeningFactory(programme=opening.programme)

    words = "This student is placed elsewhere during these days."
    assert _refusal(lambda: _plan(student, other, coordinator, starts_on=day(20))) == [("student", words)]
    assert _plan(student, other, coordinator, starts_on=day(21)).pk


def test_cancelled_place_is_free_again(opening, student, coordinator):
    placement = _plan(student, opening, coordinator)

    move_placement(placement=placement, to=PlacementStatus.CANCELLED, by=coordinator)

    opening.refresh_from_db()
    assert opening.taken == 0
    assert _plan(student, opening, coordinator).pk


def test_each_step_is_told_with_the_reference_alone(opening, coordinator):
    student = StudentFactory(programme=opening.programme, reference="E2-07", name="Ida Novak")
    placement = _plan(student, opening, coordinator)

    for to in ("confirmed", "active", "completed"):
        move_placement(placement=placement, to=PlacementStatus(to), by=coordinator)

    titles = list(TimelineEvent.objects.order_by("id").values_list("title", flat=True))
    assert titles == ["Placement confirmed: E2-07", "Placement begun: E2-07", "Placement completed: E2-07"]
    assert not TimelineEvent.objects.filter(body__contains="Ida").exists()


def test_ending_early_needs_a_reason(opening, student, coordinator):
    placement = PlacementFactory(opening=opening, student=student, status=PlacementStatus.ACTIVE)

    with pytest.raises(ReasonMissingError):
        move_placement(placement=placement, to=PlacementStatus.ENDED_EARLY, by=coordinator, reason="  ")
    placement.refresh_from_db()
    assert placement.status == "active"

    ended = move_placement(placement=placement, to=PlacementStatus.ENDED_EARLY, by=coordinator, reason="Moved house")
    assert (ended.status, ended.ended_reason) == ("ended_early", "Moved house")


def test_days_move_until_it_has_begun(opening, student, coordinator):
    placement = _plan(student, opening, coordinator)
    days = {"starts_on": day(12), "ends_on": day(30)}

    moved = change_placement(placement=placement, opened=1, by=coordinator, **days)
    assert (moved.starts_on, moved.ends_on, moved.version) == (day(12), day(30), 2)

    with pytest.raises(StaleRecordError):
        change_placement(placement=placement, opened=1, by=coordinator, **days)
    Placement.objects.update(status="active")
    with pytest.raises(TransitionRefusedError):
        change_placement(placement=placement, opened=2, by=coordinator, **days)


def test_an_opening_does_not_shrink_under_those_who_are_in_it(opening, student, coordinator):
    _plan(student, opening, coordinator)
    _plan(StudentFactory(programme=opening.programme), opening, coordinator)
    changes = {"places": 1, "starts_on": day(11), "ends_on": day(39), "programme": ProgrammeFactory()}

    found = _refusal(lambda: change_opening(opening=opening, changes=changes, opened=1, by=coordinator))

    assert [field for field, _words in found] == ["places", "starts_on", "ends_on", "programme"]
    opening.refresh_from_db()
    assert (opening.places, opening.starts_on) == (2, day(10))


@pytest.mark.parametrize(
    ("born", "on", "age", "minor"),
    [
        (dt.date(2008, 3, 12), dt.date(2026, 3, 11), 17, True),
        (dt.date(2008, 3, 12), dt.date(2026, 3, 12), 18, False),
        (dt.date(2008, 2, 29), dt.date(2026, 2, 28), 17, True),
        (dt.date(2008, 2, 29), dt.date(2026, 3, 1), 18, False),
        (None, dt.date(2026, 3, 1), None, False),
    ],
)
def test_age_is_in_full_years(born, on, age, minor):
    student = Student(birth_date=born)

    assert (student.age_on(on), student.is_minor_on(on)) == (age, minor)
