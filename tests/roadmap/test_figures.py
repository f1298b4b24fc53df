"""Which figures a page counts anew, which it shows as they were read, and what happens to one that fails."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.db import connection

from accounts.looks import one_look
from roadmap.figures import count, current
from roadmap.models import MetricReading
from roadmap.services import take_readings
from roadmap.slots import Figure, MetricUnavailableError
from tests.roadmap.factories import MetricReadingFactory, people_metric

NOON = dt.datetime(2026, 3, 12, 12, tzinfo=dt.UTC)


def unavailable(_people: object) -> Figure:
    raise MetricUnavailableError("the weights are not set")


def broken(_people: object) -> Figure:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM no_such_table")
    return Figure(Decimal(1), 1)


def live(keys: list[str]) -> set[str]:
    return {key for key, shown in current(keys).items() if shown.is_live}


@pytest.mark.parametrize(
    ("took", "counted"),
    [
        ({"a": 1, "b": 2, "c": 1}, {"a", "b", "c"}),
        ({"a": 3, "b": 1, "c": 2}, {"b", "c"}),
        ({"a": 1, "b": 1, "c": 2}, {"a", "b", "c"}),
        ({"a": 5, "b": 300, "c": 5}, set()),
        ({"a": 4, "b": 1, "c": 3}, {"b", "c"}),
        ({"a": 3, "b": 3, "c": 3}, {"a"}),
    ],
)
def test_cheapest_are_counted_anew_until_their_noted_times_reach_the_budget(contribute, coordinator, took, counted):
    contribute(*(people_metric(key=key) for key in took))
    for key, ms in took.items():
        MetricReadingFactory(metric=key, took_ms=ms, value=40, n=40)

    assert live(list(took)) == counted


@time_machine.travel(NOON, tick=False)
def test_dear_figure_is_shown_as_read_with_its_time(contribute, coordinator):
    contribute(people_metric(), people_metric(key="dear"))
    MetricReadingFactory(took_ms=1, value=40, n=40)
    MetricReadingFactory(metric="dear", took_ms=900, value=41, n=41, at=NOON - dt.timedelta(minutes=4))

    shown = current(["people", "dear"])

    assert (shown["people"].figure, shown["people"].at) == (Figure(Decimal(1), 1), NOON)
    assert (shown["dear"].figure, shown["dear"].at) == (Figure(Decimal(41), 41), NOON - dt.timedelta(minutes=4))


def test_figure_without_a_reading_is_counted_whatever_else_costs(contribute, coordinator):
    contribute(people_metric(), people_metric(key="dear"))
    MetricReadingFactory(metric="dear", took_ms=900, n=3)

    assert live(["people", "dear"]) == {"people"}


def test_figure_that_counted_nothing_is_counted_anew_for_nothing(contribute, coordinator):
    """There a first record is awaited, and no rows take no time."""
    contribute(people_metric(), people_metric(key="dear"))
    MetricReadingFactory(took_ms=30, value=0, n=0)
    MetricReadingFactory(metric="dear", took_ms=4, n=3)

    shown = current(["people", "dear"])

    assert shown["people"].figure.value == 1
    assert shown["dear"].is_live


def test_keys_that_no_stage_declares_are_left_out(contribute, coordinator):
    contribute(people_metric())

    assert set(current(["people", "persons"])) == {"people"}


@pytest.mark.parametrize(
    ("compute", "reason"),
    [
        (unavailable, "the weights are not set"),
        (broken, "It cannot be worked out at the moment."),
        (lambda people: Figure(Decimal(1) / Decimal(0), 0), "It cannot be worked out at the moment."),
    ],
)
def test_figure_that_fails_says_why_and_the_others_stand(contribute, coordinator, compute, reason, caplog):
    contribute(people_metric(key="poor", compute=compute), people_metric())

    shown = current(["poor", "people"])

    assert shown["poor"].figure == Figure(None, 0, reason)
    assert shown["people"].figure == Figure(Decimal(1), 1)
    assert "poor" in caplog.text


def test_reading_notes_how_long_counting_took(contribute, coordinator):
    def slow(people: object) -> Figure:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.02)" if connection.vendor == "postgresql" else "SELECT 1")
        return Figure(Decimal(1), 1)

    contribute(people_metric(compute=slow))

    take_readings(now=NOON)

    noted = MetricReading.objects.get().took_ms
    assert noted >= (20 if connection.vendor == "postgresql" else 0)
    assert count(people_metric()).took_ms < 1000


def test_figure_is_counted_once_in_one_look(contribute, coordinator, query_count):
    contribute(people_metric())

    with one_look():
        first = query_count(lambda: current(["people"]))
        again = query_count(lambda: current(["people"]))
    afterwards = query_count(lambda: current(["people"]))

    assert again == 0
    assert first == afterwards > 0


def test_figure_that_asks_for_others_shares_them_with_the_page(contribute, coordinator):
    asked = []

    def counting(people: object) -> Figure:
        asked.append(1)
        return Figure(Decimal(1), 1)

    def sum_of(people: object) -> Figure:
        return current(["part"])["part"].figure

    contribute(people_metric(key="whole", compute=sum_of), people_metric(key="part", compute=counting))

    with one_look():
        shown = current(["whole", "part"])

    assert shown["whole"].figure == shown["part"].figure
    assert asked == [1]


@time_machine.travel(NOON, tick=False)
def test_readings_cost_two_queries_and_the_school_one_however_many_figures(
    contribute, coordinator, django_assert_num_queries
):
    keys = [f"m{number}" for number in range(30)]
    contribute(*(people_metric(key=key) for key in keys))
    for key in keys:
        MetricReadingFactory(metric=key, took_ms=100, n=5)

    with django_assert_num_queries(3):
        shown = current(keys)

    assert len(shown) == 30
