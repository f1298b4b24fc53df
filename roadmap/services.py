"""What the spine does by itself: keep the history of figures, load the demo."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.db.models import F, Window
from django.db.models.functions import RowNumber, TruncWeek
from django.utils import timezone

from accounts.services import current_school
from roadmap import registry
from roadmap.figures import count
from roadmap.models import MetricReading
from roadmap.scope import EVERYTHING, Scope, WatchedFigures
from roadmap.slots import DemoData, Metric

PLACES = Decimal("0.0001")
KEPT_DAILY = dt.timedelta(days=365)


def take_readings(*, now: dt.datetime) -> int:
    """Note every figure as it stands; one row a figure and school day, brought up to date. Returns how many were noted.

    Every metric is read for the whole school, and within the scopes that somebody follows. A figure that cannot be
    worked out is logged and keeps its last reading; the others stand.
    """
    school = current_school()
    on = school.today(now)
    with timezone.override(school.zone):
        noted = [_reading(metric, scope, now, on) for metric, scope in _to_read()]
    readings = [reading for reading in noted if reading]
    MetricReading.objects.bulk_create(
        readings,
        update_conflicts=True,
        unique_fields=["metric", "scope", "on"],
        update_fields=["at", "value", "n", "reason", "took_ms"],
    )
    return len(readings)


def _to_read() -> list[tuple[Metric, Scope]]:
    metrics = registry.of(Metric)
    by_key = {metric.key: metric for metric in metrics}
    watched = {pair for source in registry.of(WatchedFigures) for pair in source.pairs() if pair[1]}
    within = [(by_key[key], scope) for key, scope in sorted(watched, key=str) if key in by_key]
    return [*((metric, EVERYTHING) for metric in metrics), *within]


def _reading(metric: Metric, scope: Scope, now: dt.datetime, on: dt.date) -> MetricReading | None:
    counted = count(metric, scope)
    figure = counted.figure
    if counted.failed:
        return None
    value = None if figure.value is None else Decimal(figure.value).quantize(PLACES)
    return MetricReading(
        metric=metric.key,
        scope=str(scope),
        at=now,
        on=on,
        value=value,
        n=figure.n,
        reason=str(figure.reason)[:200],
        took_ms=counted.took_ms,
    )


def thin_readings(*, today: dt.date) -> int:
    """Keep of the readings older than a year the last of each week. Returns how many were dropped."""
    latest_first = Window(RowNumber(), partition_by=[F("metric"), F("scope"), TruncWeek("on")], order_by=F("on").desc())
    old = MetricReading.objects.filter(on__lte=today - KEPT_DAILY).annotate(place=latest_first)
    dropped, _models = MetricReading.objects.filter(pk__in=old.filter(place__gt=1).values("pk")).delete()
    return dropped


@transaction.atomic
def load_demo(*, day: dt.date) -> None:
    """Make the demo school as it looks on `day`, lower apps first, then read every figure."""
    for part in registry.of(DemoData):
        part.load(day)
    take_readings(now=timezone.now())
