"""What the figures were: one row a metric and day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Max, Q

Watched = tuple[str, str]  # a metric's key and a scope as written

# A reading is noted every day; only where none was for this long is the whole history looked through for the last.
LATELY = dt.timedelta(days=14)


class MetricReadingQuerySet(models.QuerySet["MetricReading"]):
    def latest_of(self, wanted: Iterable[Watched], day: dt.date) -> dict[Watched, MetricReading]:
        """Return the last reading of each figure up to and including a day.

        Two queries, the days out of the unique index and then their rows; two more where a figure has none lately.
        """
        missing = set(wanted)
        found = self._last_of(missing, Q(on__lte=day, on__gt=day - LATELY))
        missing -= found.keys()
        return found | self._last_of(missing, Q(on__lte=day - LATELY))

    def _last_of(self, wanted: set[Watched], days: Q) -> dict[Watched, MetricReading]:
        if not wanted:
            return {}
        which = Q(metric__in={metric for metric, _scope in wanted}, scope__in={scope for _metric, scope in wanted})
        rows = self.filter(which, days).order_by().values_list("metric", "scope").annotate(last=Max("on"))
        last = {(metric, scope): on for metric, scope, on in rows}
        found = self.filter(which, on__in=set(last.values())) if last else []
        by_figure = {(reading.metric, reading.scope): reading for reading in found if reading.is_of(last)}
        return {key: reading for key, reading in by_figure.items() if key in wanted}


class MetricReading(models.Model):
    """A figure as it stood, and how long counting it took; pages show figures that are slow to count from here."""

    metric = models.CharField(max_length=60)
    # What it is narrowed to, as a Scope is written; empty for the whole school.
    scope = models.CharField(max_length=200, blank=True, default="")
    at = models.DateTimeField()
    on = models.DateField()
    value = models.DecimalField(max_digits=16, decimal_places=4, null=True)
    n = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=200, blank=True)
    took_ms = models.PositiveIntegerField(default=0)

    objects = MetricReadingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            # One reading a day is kept; within the day the row is brought up to date.
            models.UniqueConstraint(fields=["metric", "scope", "on"], name="roadmap_reading_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.metric} {self.on}: {self.value}"

    def is_of(self, last: Mapping[Watched, dt.date]) -> bool:
        """Whether this is the reading of the day given for its figure."""
        return last.get((self.metric, self.scope)) == self.on
