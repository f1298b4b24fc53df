"""Openings, students and placements on the screen: what is shown to whom, and what a form refuses."""

import datetime as dt

import pytest
from django.urls import reverse

from opportunities.enums import PlacementStatus
from opportunities.models import Opening, Placement, Student
from partnerships.models import TimelineEvent
from tests.goals.factories import ProgrammeFactory
from tests.opportunities.factories import OpeningFactory, PlacementFactory, StudentFactory, day
from tests.partnerships.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def opening(school):
    return OpeningFactory(places=2)


def _url(name, *args):
    return reverse(f"opportunities:{name}", args=args)


def test_under_18s_are_marked_and_names_stay_off_shared_pages(opening, client, coordinator, viewer):
    student = StudentFactory(programme=opening.programme, reference="E2-07", name="Ida Novak", email="ida@example.org")
    placement = PlacementFactory(opening=opening, student=student)
    for page in [_url("placements"), _url("students"), opening.get_absolute_url(), placement.get_absolute_url()]:
        client.force_login(coordinator)
        shown = client.get(page).content.decode()
        assert "E2-07" in shown
        assert "Under 18" in shown
        client.force_login(viewer)
        read = client.get(page).content.decode()
        assert "E2-07" in read
        for hidden in ("Under 18", "Ida Novak", "ida@example.org"):
            assert hidden not in read
        assert "Ida Novak" not in shown


def test_export_of_placements_names_nobody(opening, client, coordinator):
    PlacementFactory(opening=opening, student__name="Ida Novak", student__reference="E2-07")
    client.force_login(coordinator)

    lines = b"".join(client.get(f"{_url('placements')}?export=csv")).decode()

    assert "E2-07" in lines
    assert "Ida" not in lines


def test_opening_form_adds_one(client, coordinator):
    partner, programme = OrganisationFactory(), ProgrammeFactory()
    client.force_login(coordinator)
    typed = {
        "partner": partner.pk,
        "programme": programme.pk,
        "title": "House wiring",
        "places": 3,
        "starts_on": day(10),
        "ends_on": day(40),
        "form_key": "one",
    }

    client.post(_url("opening_add"), typed)
    client.post(_url("opening_add"), typed)

    assert Opening.objects.get().organisation == partner
    assert TimelineEvent.objects.get(kind="opportunities.opening").actor == coordinator


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"ends_on": day(5)}, "The last day comes before the first."),
        ({"places": -1}, "greater than or equal to"),
        ({"places": 0}, "greater than or equal to 1"),
        ({"places": 100_000}, "less than or equal to 500"),
        ({"min_age": 3}, "greater than or equal to 14"),
        ({"title": "x" * 50_000}, "at most 120 characters"),
        ({"starts_on": "soon"}, "Enter a valid date"),
        ({"programme": 999_999}, "Select a valid choice"),
    ],
)
def test_opening_form_refuses_bad_input(client, coordinator, change, words):
    client.force_login(coordinator)
    typed = {
        "partner": OrganisationFactory().pk,
        "programme": ProgrammeFactory().pk,
        "title": "House wiring",
        "places": 3,
        "starts_on": day(10),
        "ends_on": day(40),
        **change,
    }

    response = client.post(_url("opening_add"), typed)

    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Opening.objects.exists()


def test_opening_form_shows_two_texts_that_collide(opening, client, coordinator):
    client.force_login(coordinator)
    typed = {
        "programme": opening.programme_id,
        "title": "Mine",
        "places": 2,
        "starts_on": opening.starts_on,
        "ends_on": opening.ends_on,
        "version": 1,
    }
    client.post(_url("opening_edit", opening.pk), {**typed, "title": "Theirs"})

    response = client.post(_url("opening_edit", opening.pk), typed)

    assert response.status_code == 409
    assert "Theirs" in response.content.decode()


def test_placement_form_says_beside_the_field_what_is_wrong(opening, client, coordinator):
    client.force_login(coordinator)
    student = StudentFactory(programme=opening.programme)
    typed = {"student": student.pk, "starts_on": day(9), "ends_on": day(41)}

    response = client.post(_url("placement_add", opening.pk), typed)

    page = response.content.decode()
    assert response.status_code == 422
    assert "The opening begins later." in page
    assert "The opening ends earlier." in page
    assert not Placement.objects.exists()


def test_placement_form_offers_students_of_the_programme_who_are_here(opening, client, coordinator):
    client.force_login(coordinator)
    for reference, fields in [("HERE-1", {}), ("GONE-1", {"left_on": day(-1)})]:
        StudentFactory(reference=reference, programme=opening.programme, **fields)
    StudentFactory(reference="OTHER-1")

    page = client.get(_url("placement_add", opening.pk)).content.decode()

    assert "HERE-1" in page
    assert "GONE-1" not in page
    assert "OTHER-1" not in page


def test_student_reference_is_taken_once_and_a_double_click_adds_one(client, coordinator):
    client.force_login(coordinator)
    typed = {"reference": "E2-07", "programme": ProgrammeFactory().pk, "form_key": "one"}

    first = client.post(_url("student_add"), typed)
    again = client.post(_url("student_add"), typed)
    other = client.post(_url("student_add"), {**typed, "form_key": "two"})

    assert first.url == again.url
    assert other.status_code == 422
    assert "A student with this reference is on file." in other.content.decode()
    assert Student.objects.count() == 1


@pytest.mark.parametrize("born", [day(1), dt.date(1850, 1, 1)])
def test_student_form_refuses_impossible_birthdays(client, coordinator, born):
    client.force_login(coordinator)
    typed = {"reference": "E2-07", "programme": ProgrammeFactory().pk, "birth_date": born}

    response = client.post(_url("student_add"), typed)

    assert response.status_code == 422
    assert "Check the year" in response.content.decode()


@pytest.mark.parametrize("to", ["", "nonsense", "completed", "ended_early"])
def test_a_move_that_is_none_is_refused(opening, client, coordinator, to):
    placement = PlacementFactory(opening=opening)
    client.force_login(coordinator)

    response = client.post(_url("placement_move", placement.pk), {"to": to}, follow=True)

    assert "not possible any more" in response.content.decode()
    placement.refresh_from_db()
    assert placement.status == "planned"


def test_ending_early_by_the_page(opening, client, coordinator):
    placement = PlacementFactory(opening=opening, status=PlacementStatus.ACTIVE)
    client.force_login(coordinator)
    url = _url("placement_end", placement.pk)

    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "x" * 50_000}).status_code == 422
    client.post(url, {"reason": "Moved house"})

    placement.refresh_from_db()
    assert (placement.status, placement.ended_reason) == ("ended_early", "Moved house")


@pytest.mark.parametrize("name", ["placements", "openings", "students"])
def test_lists_take_as_many_queries_for_thirty_as_for_one(client, coordinator, query_count, name):
    client.force_login(coordinator)
    PlacementFactory()
    client.get(_url(name))
    one = query_count(lambda: client.get(_url(name)))
    for _nth in range(29):
        PlacementFactory()

    assert query_count(lambda: client.get(_url(name))) == one


def test_pages_take_as_many_queries_for_thirty_as_for_one(opening, client, coordinator, query_count):
    client.force_login(coordinator)
    student = StudentFactory(programme=opening.programme)
    PlacementFactory(opening=opening, student=student)
    urls = [opening.get_absolute_url(), student.get_absolute_url(), opening.programme.get_absolute_url()]
    for url in urls:
        client.get(url)
    one = [query_count(lambda url=url: client.get(url)) for url in urls]
    for _nth in range(29):
        PlacementFactory(opening=opening)
        PlacementFactory(student=student, opening__programme=opening.programme)

    assert [query_count(lambda url=url: client.get(url)) for url in urls] == one
