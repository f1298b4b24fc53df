"""What the spine does by itself: keep the history of figures, load the demo."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from accounts.services import current_school
from roadmap import registry
from roadmap.figures import count
from roadmap.models import MetricReading
from roadmap.slots import DemoData, Metric

PLACES = Decimal("0.0001")


def take_readings(*, now: dt.datetime) -> int:
    """Note every figure as it stands; one row a metric and school day, brought up to date. Returns how many were noted.

    A figure that cannot be worked out is logged and keeps its last reading; the others stand.
    """
    school = current_school()
    on = school.today(now)
    with timezone.override(school.zone):
        noted = [_reading(metric, now, on) for metric in registry.of(Metric)]
    readings = [reading for reading in noted if reading]
    MetricReading.objects.bulk_create(
        readings,
        update_conflicts=True,
        unique_fields=["metric", "on"],
        update_fields=["at", "value", "n", "reason", "took_ms"],
    )
    return len(readings)


def _reading(metric: Metric, now: dt.datetime, on: dt.date) -> MetricReading | None:
    counted = count(metric)
    figure = counted.figure
    if counted.failed:
        return None
    value = None if figure.value is None else Decimal(figure.value).quantize(PLACES)
    return MetricReading(
        metric=metric.key,
        at=now,
        on=on,
        value=value,
        n=figure.n,
        reason=str(figure.reason)[:200],
        took_ms=counted.took_ms,
    )


@transaction.atomic
def load_demo(*, day: dt.date) -> None:
    """Make the demo school as it looks on `day`, lower apps first, then read every figure."""
    for part in registry.of(DemoData):
        part.load(day)
    take_readings(now=timezone.now())
