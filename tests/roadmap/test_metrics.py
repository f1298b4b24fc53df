"""Figures, their readings, and the page of a figure."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.urls import reverse

from accounts.models import User
from roadmap import registry
from roadmap.figures import as_of, current_within
from roadmap.history import chart_points
from roadmap.metrics import UnknownMetricError, figure, metric_by_key
from roadmap.models import MetricReading
from roadmap.scope import Narrowing, Scope, WatchedFigures
from roadmap.services import take_readings, thin_readings
from roadmap.slots import Figure, Metric, MetricUnavailableError
from roadmap.tasks import take_readings as take_readings_task
from tests.roadmap.factories import MetricReadingFactory, people_metric

PERSON = Narrowing(
    "person",
    "Person",
    choices=lambda: [(str(user.pk), user.email) for user in User.objects.all()],
    name=lambda value: User.objects.filter(pk=value).values_list("email", flat=True).first() or "",
    gone="The person that this figure was narrowed to is gone.",
)
NOON = dt.datetime(2026, 3, 12, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def unavailable(_people: object) -> Figure:
    raise MetricUnavailableError("the weights are not set")


def broken(_people: object) -> Figure:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM no_such_table")
    return Figure(Decimal(1), 1)


def test_figure_is_counted_anew(contribute, coordinator, director):
    contribute(people_metric())

    before = figure("people")
    User.objects.filter(pk=director.pk).delete()

    assert (before.value, figure("people").value) == (2, 1)


def test_unknown_figure_is_a_named_error(contribute):
    contribute(people_metric())

    with pytest.raises(UnknownMetricError):
        metric_by_key("persons")


def test_readings_taken_twice_a_day_are_one_row(contribute, coordinator, django_user_model):
    contribute(people_metric())

    take_readings(now=NOON)
    django_user_model.objects.create_user("one.more@example.org")
    take_readings(now=NOON + dt.timedelta(hours=1))

    assert list(MetricReading.objects.values_list("metric", "on", "value", "n", "at")) == [
        ("people", NOON.date(), 2, 2, NOON + dt.timedelta(hours=1))
    ]


def test_readings_keep_a_row_a_day_of_the_school_calendar(contribute, coordinator):
    contribute(people_metric())
    late_evening_utc = NOON.replace(hour=23, minute=30)  # Vienna is already at the next day

    take_readings(now=NOON)
    take_readings(now=late_evening_utc)

    assert list(MetricReading.objects.order_by("on").values_list("on", flat=True)) == [NOON.date(), NOON.date() + DAY]


@pytest.mark.parametrize("compute", [unavailable, broken, lambda people: Figure(Decimal(1) / Decimal(0), 0)])
def test_figure_that_fails_is_logged_and_the_others_stand(contribute, coordinator, caplog, compute):
    contribute(people_metric(key="poor", compute=compute), people_metric())

    noted = take_readings(now=NOON)

    assert noted == 1
    assert list(MetricReading.objects.values_list("metric", flat=True)) == ["people"]
    assert "The figure poor could not be worked out" in caplog.text


def test_figure_without_base_is_kept_with_its_reason(contribute, school):
    contribute(people_metric(compute=lambda people: Figure(None, 0, "nobody answered yet")))

    take_readings(now=NOON)

    reading = MetricReading.objects.get()
    assert (reading.value, reading.n, reading.reason) == (None, 0, "nobody answered yet")


def test_figures_that_somebody_follows_within_a_scope_are_read_too(contribute, coordinator, director):
    own = Scope.of({"person": coordinator.pk})
    contribute(
        people_metric(narrows={"person": "pk"}),
        PERSON,
        WatchedFigures("test", lambda: [("people", own), ("gone", own)]),
    )

    take_readings(now=NOON)
    take_readings(now=NOON)

    assert dict(MetricReading.objects.values_list("scope", "value")) == {"": 2, f"person={coordinator.pk}": 1}
    assert figure("people", own).value == 1


@pytest.mark.parametrize(
    ("scope", "reason"),
    [
        ({"person": 999_999}, "The person that this figure was narrowed to is gone."),
        ({"colour": "red"}, "This figure is not known by colour."),
    ],
)
def test_scope_that_cannot_be_says_why_in_place_of_a_figure(contribute, coordinator, scope, reason):
    contribute(people_metric(narrows={"person": "pk"}), PERSON)

    shown = current_within([("people", Scope.of(scope)), ("people", Scope())])

    assert shown["people", Scope.of(scope)].figure == Figure(None, 0, reason)
    assert shown["people", Scope()].figure.value == 1
    with pytest.raises(MetricUnavailableError, match=reason):
        figure("people", Scope.of(scope))


@pytest.mark.parametrize(
    ("values", "written"),
    [({}, ""), ({"sector": "", "programme": None}, ""), ({"sector": "C", "programme": 3}, "programme=3&sector=C")],
)
def test_scope_is_written_in_one_way_and_read_back(values, written):
    scope = Scope.of(values)

    assert str(scope) == written
    assert Scope.read(written) == scope
    assert bool(scope) == bool(written)


def test_figures_as_of_a_day_are_those_read_by_then(contribute, coordinator):
    contribute(people_metric())
    for days, value in [(0, 7), (40, 5)]:
        MetricReadingFactory(on=NOON.date() - days * DAY, value=value, n=value)
    everything = ("people", Scope())

    then = as_of([everything, ("unknown", Scope())], NOON.date() - 30 * DAY)

    assert {pair: shown.figure for pair, shown in then.items()} == {everything: Figure(Decimal(5), 5)}
    assert as_of([everything], NOON.date() - 41 * DAY) == {}


def test_readings_older_than_a_year_are_thinned_to_the_last_of_each_week(db):
    monday = dt.date(2025, 2, 3)
    for scope in ("", "sector=C"):
        for days in range(14):
            MetricReadingFactory(on=monday + days * DAY, scope=scope)
    MetricReadingFactory(on=NOON.date() - DAY)
    MetricReadingFactory(on=NOON.date())

    dropped = [thin_readings(today=NOON.date()), thin_readings(today=NOON.date())]

    kept = list(MetricReading.objects.filter(scope="").order_by("on").values_list("on", flat=True))
    assert dropped == [24, 0]
    assert kept == [monday + 6 * DAY, monday + 13 * DAY, NOON.date() - DAY, NOON.date()]


def test_task_run_twice_changes_nothing(contribute, coordinator):
    contribute(people_metric())

    take_readings_task()
    take_readings_task()

    assert MetricReading.objects.count() == 1


def test_latest_reading_of_each_figure_takes_two_queries(db, django_assert_num_queries):
    for days, value in [(0, 7), (3, 5), (9, 2)]:
        MetricReadingFactory(on=NOON.date() - days * DAY, value=value)
    MetricReadingFactory(scope="sector=C", on=NOON.date() - DAY, value=3)
    MetricReadingFactory(metric="other", on=NOON.date() - 5 * DAY, value=1)
    MetricReadingFactory(metric="not asked for")
    wanted = [("people", ""), ("people", "sector=C"), ("other", "")]

    with django_assert_num_queries(2):
        latest = MetricReading.objects.latest_of(wanted, NOON.date())

    assert {key: reading.value for key, reading in latest.items()} == dict(zip(wanted, [7, 3, 1], strict=True))


def test_latest_reading_is_found_after_weeks_without_one_and_none_after_the_day(db):
    for days, value in [(0, 7), (200, 5), (400, 2)]:
        MetricReadingFactory(on=NOON.date() - days * DAY, value=value)

    found = [
        MetricReading.objects.latest_of([("people", "")], NOON.date() - days * DAY) for days in (0, 1, 200, 201, 401)
    ]

    assert [one[("people", "")].value for one in found[:-1]] == [7, 5, 5, 2]
    assert found[-1] == {}


def test_page_of_a_figure_shows_now_then_and_before(contribute, coordinator, client_for):
    contribute(people_metric(counted="colleagues", records_url="/search/?q=people"))
    MetricReadingFactory(value=40, n=40)
    MetricReadingFactory(value=38, n=38, on=NOON.date() - DAY)

    page = client_for(coordinator).get(reverse("roadmap:metric", args=["people"])).content.decode()

    shown = " ".join(page.split())
    assert '<span class="td-big">1</span> <span class="xs sub">1 colleagues</span>' in shown
    assert '<span class="td-big">40</span>' in shown
    assert "Everybody who may sign in." in shown
    assert 'href="/search/?q=people"' in shown
    assert shown.count("pt f-sch") == 2
    assert "<figcaption" in shown
    assert shown.count('data-l="People"') == 2


def test_page_of_a_figure_without_readings_says_when_there_will_be_one(contribute, coordinator, client_for):
    contribute(people_metric(compute=unavailable))

    page = client_for(coordinator).get(reverse("roadmap:metric", args=["people"])).content.decode()

    assert "the weights are not set" in page
    assert "one is taken every five minutes" in page
    assert "What it was" not in page


def test_page_of_an_unknown_figure_is_not_found(contribute, coordinator, client_for):
    contribute()

    assert client_for(coordinator).get(reverse("roadmap:metric", args=["people"])).status_code == 404


def test_page_of_a_figure_takes_as_many_queries_for_sixty_readings(contribute, coordinator, client_for, query_count):
    contribute(people_metric())
    client = client_for(coordinator)
    url = reverse("roadmap:metric", args=["people"])
    client.get(url)
    MetricReadingFactory()

    few = query_count(lambda: client.get(url))
    for days in range(1, 60):
        MetricReadingFactory(on=NOON.date() - days * DAY)
    many = query_count(lambda: client.get(url))

    assert few == many


def test_chart_places_readings_by_day_from_zero():
    readings = [
        MetricReadingFactory.build(on=NOON.date() - days * DAY, value=Decimal(value))
        for days, value in [(0, 10), (1, 5), (4, 0)]
    ]

    points = chart_points(readings)

    assert [(point.x, point.y) for point in points] == [("8.0", "112.0"), ("476.0", "60.0"), ("632.0", "8.0")]


@pytest.mark.parametrize("values", [[], [3], [3, None], [0, 0]])
def test_chart_needs_two_figures_and_stands_all_zeros(values):
    readings = [
        MetricReadingFactory.build(on=NOON.date() - days * DAY, value=value) for days, value in enumerate(values)
    ]

    assert len(chart_points(readings)) == (2 if values == [0, 0] else 0)


def test_declared_metrics_have_unique_keys_and_work_on_an_empty_school(school):
    metrics = registry.of(Metric)

    for metric in metrics:
        found = metric.figure()
        assert found.value is not None or str(found.reason)
        assert str(metric.label)
        assert str(metric.definition)
    assert len({metric.key for metric in metrics}) == len(metrics)
