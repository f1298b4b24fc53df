import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.db.models.functions import Length
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from tests.accounts.factories import UserFactory
from tests.ui.people import PEOPLE
from ui import lists
from ui.lists import ListSpec, Sort, build_list, filtered

pytestmark = pytest.mark.django_db


def page_of(query="", spec=PEOPLE, queryset=None):
    return build_list(spec, User.objects.all() if queryset is None else queryset, QueryDict(query))


def names(page):
    return [row.name for row in page.rows]


def walk(query, way, spec=PEOPLE):
    """Follow Next (or Previous) to the end and return the pages passed."""
    pages = [page_of(query, spec)]
    while url := getattr(pages[-1], f"{way}_url"):
        pages.append(page_of(url.removeprefix("?"), spec))
    return pages


def people(number):
    """People of whom every three share a name, so that an order by name has ties."""
    return [UserFactory(name=f"Person {n // 3:02d}") for n in range(number)]


@pytest.mark.parametrize("sort", ["name", "-name", "joined", "-joined"])
def test_next_passes_every_row_once_and_in_order(sort):
    people(35)
    field = {"name": "name", "joined": "date_joined"}[sort.removeprefix("-")]
    sign = "-" if sort.startswith("-") else ""

    pages = walk(f"sort={sort}", "next")

    assert [len(page.rows) for page in pages] == [10, 10, 10, 5]
    passed = [row.pk for page in pages for row in page.rows]
    assert passed == list(User.objects.order_by(f"{sign}{field}", f"{sign}pk").values_list("pk", flat=True))


@pytest.mark.parametrize("sort", ["name", "-name", "joined", "-joined"])
def test_previous_leads_back_over_the_same_pages(sort):
    people(35)
    forward = walk(f"sort={sort}", "next")

    back = walk(forward[-1].address, "previous")

    assert [names(page) for page in back] == [names(page) for page in reversed(forward)]
    assert back[-1].previous_url == ""


def test_next_neither_repeats_nor_skips_when_rows_come_and_go():
    made = people(25)
    first = page_of("sort=name")

    UserFactory(name="Aaron First")
    made[3].delete()
    second = page_of(first.next_url.removeprefix("?"))

    assert names(second)[0] == "Person 03"
    assert {row.pk for row in second.rows}.isdisjoint({row.pk for row in first.rows})


def test_previous_shows_a_whole_first_page_when_too_few_rows_are_left_before_it():
    made = people(25)
    second = page_of(page_of("sort=name").next_url.removeprefix("?"))
    for gone in made[:4]:
        gone.delete()

    page = page_of(second.previous_url.removeprefix("?"))

    assert len(page.rows) == 10
    assert page.previous_url == ""


def test_pages_of_an_annotated_order_follow_one_another():
    for length in (5, 3, 9, 7):
        UserFactory(name="x" * length)
    spec = ListSpec("accounts.long", PEOPLE.filterset_class, {"length": Sort("Length", "length")}, "length", per_page=2)
    queryset = User.objects.annotate(length=Length("name"))

    first = page_of("", spec, queryset)
    second = page_of(first.next_url.removeprefix("?"), spec, queryset)

    assert [row.length for row in [*first.rows, *second.rows]] == [3, 5, 7, 9]


def test_rows_may_be_dictionaries():
    people(12)
    queryset = User.objects.values("id", "name")

    second = page_of(page_of("", PEOPLE, queryset).next_url.removeprefix("?"), PEOPLE, queryset)

    assert [row["name"] for row in second.rows] == ["Person 03", "Person 03"]


def test_the_number_of_queries_does_not_grow_with_the_rows(query_count):
    UserFactory()
    with_one = query_count(lambda: page_of("q=o"))
    people(35)

    assert query_count(lambda: page_of("q=o")) == with_one == 2


def test_a_later_page_reads_no_rows_before_it():
    people(30)
    second = page_of("sort=name").next_url.removeprefix("?")

    with CaptureQueriesContext(connection) as queries:
        page_of(second)

    assert not any("OFFSET" in query["sql"] for query in queries)


def test_the_count_stops_at_the_cap(monkeypatch):
    monkeypatch.setattr(lists, "COUNT_CAP", 5)
    people(6)

    assert page_of().count_text == "5+"
    assert page_of("q=Person 00").count_text == "3"


def test_the_count_of_a_search_stops_sooner(monkeypatch):
    monkeypatch.setattr(lists, "TEXT_COUNT_CAP", 5)
    people(6)

    assert page_of().count_text == "6"
    assert page_of("q=Person").count_text == "5+"


@pytest.mark.parametrize(
    ("query", "chips"),
    [
        ("q=person", []),
        ("role=viewer&role=director", [("Role: Director", "?role=viewer"), ("Role: Viewer", "?role=director")]),
        ("active=on", [("May sign in", "?")]),
        ("least=3&role=viewer", [("Role: Viewer", "?least=3"), ("Number 3 or more", "?role=viewer")]),
        (
            "joined_after=2026-01-01&joined_before=2026-02-01&role=viewer",
            [("Role: Viewer", None), ("Added: 1 Jan 2026 – 1 Feb 2026", "?role=viewer")],
        ),
        ("joined_after=2026-01-01", [("Added: from 1 Jan 2026", "?")]),
        ("joined_before=2026-02-01", [("Added: up to 1 Feb 2026", "?")]),
        ("least=0", [("Number 0 or more", "?")]),
    ],
)
def test_chips_say_what_filters_and_take_it_off(query, chips):
    found = page_of(query).chips

    assert sorted(chip.label for chip in found) == sorted(label for label, _url in chips)
    by_label = {chip.label: chip.url for chip in found}
    assert all(by_label[label] == url for label, url in chips if url is not None)


@pytest.mark.parametrize(("query", "found"), [("", 2), ("named=on", 1), ("active=on", 1), ("named=&active=", 2)])
def test_a_tick_narrows_and_no_tick_says_nothing(query, found):
    UserFactory(name="", is_active=True)
    UserFactory(name="Named", is_active=False)

    assert len(page_of(query).rows) == found


def test_a_chip_names_a_chosen_record():
    person = UserFactory(name="Rosa Lindqvist")

    [chip] = page_of(f"same_as={person.pk}").chips

    assert (chip.label, chip.url) == ("Same as: Rosa Lindqvist", "?")


BAD = [
    "sort=password",
    "sort=--name",
    "sort=",
    "role=emperor",
    "role=viewer&role=emperor",
    "active=%00",
    "q=%00",
    "q=" + "x" * 5000,
    "least=" + "9" * 400,
    "least=1e999",
    "least=NaN",
    "joined_after=soon",
    "joined_after=0000-00-00",
    "same_as=" + "9" * 40,
    "same_as=%27%20OR%201=1",
    "after=nonsense",
    "after=%00&before=%ff",
    "before=WzFd:forged",
    "colour=green",
    "q=%F0%9F%92%A9&sort=%00",
]


@pytest.mark.parametrize("query", BAD)
def test_nonsense_in_the_address_never_fails(query):
    UserFactory()

    page = page_of(query)

    assert page.order.name in PEOPLE.sorts
    assert all(isinstance(note, str) for note in page.notes)


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ("sort=password", "This list cannot be sorted by “password”; it is sorted as usual."),
        ("role=emperor", "“Role” was left out: its value makes no sense here."),
        ("joined_after=soon", "“Added” was left out: its value makes no sense here."),
        ("colour=green", "“colour” is not a filter of this list and was left out."),
        ("after=nonsense", "That page of the list no longer exists; this is the first one."),
    ],
)
def test_nonsense_is_named_in_a_sentence_and_left_out(query, note):
    UserFactory(name="Still Here")

    page = page_of(query)

    assert page.notes == [note]
    assert names(page) == ["Still Here"]


def test_a_mark_of_another_order_leads_to_the_first_page_without_a_word():
    people(25)
    mark = QueryDict(page_of("sort=name").next_url.removeprefix("?"))["after"]

    page = page_of(f"sort=-name&after={mark}")

    assert names(page)[0] == "Person 08"
    assert page.notes == []


def test_a_mark_of_another_list_is_not_believed():
    people(25)
    other = ListSpec("accounts.others", PEOPLE.filterset_class, PEOPLE.sorts, "name", per_page=10)
    mark = QueryDict(page_of("", other).next_url.removeprefix("?"))["after"]

    assert page_of(f"after={mark}").notes == ["That page of the list no longer exists; this is the first one."]


def test_marks_hold_times_exactly_in_any_zone(settings):
    settings.TIME_ZONE = "UTC"
    start = dt.datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Vienna"))
    for n in range(12):
        UserFactory(date_joined=start + dt.timedelta(microseconds=n))

    pages = walk("sort=joined", "next")

    assert [len(page.rows) for page in pages] == [10, 2]


def test_sort_links_turn_the_order_in_force_and_keep_the_filter():
    links = {link.name: link for link in page_of("role=viewer&sort=name&after=x").sort_links}

    assert (links["name"].direction, links["name"].url) == ("ascending", "?role=viewer&sort=-name")
    assert (links["joined"].direction, links["joined"].url) == ("", "?role=viewer&sort=-joined")


def test_query_is_the_same_however_the_address_was_written():
    assert page_of("sort=name&role=&q=a").query == page_of("q=a&sort=name&after=zz").query == "q=a&sort=name"


def test_a_list_is_filtered_only_by_filters():
    assert not page_of("sort=name").is_filtered
    assert page_of("role=viewer").is_filtered


def test_filtered_is_the_whole_list_in_its_order():
    people(25)

    rows = filtered(PEOPLE, User.objects.all(), QueryDict("q=person&sort=-name&after=ignored"))

    assert [row.name for row in rows] == sorted((f"Person {n // 3:02d}" for n in range(25)), reverse=True)
