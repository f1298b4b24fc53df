"""What the figures were: one row a metric and day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import ClassVar

from django.db import models
from django.db.models import Max


class MetricReadingQuerySet(models.QuerySet["MetricReading"]):
    def latest_of(self, keys: Iterable[str]) -> list[MetricReading]:
        """Return the last reading of each metric, in two queries: the days out of the unique index, then their rows."""
        days = self.filter(metric__in=list(keys)).order_by().values_list("metric").annotate(last=Max("on"))
        last: dict[str, dt.date] = dict(days)
        rows = self.filter(metric__in=last, on__in=set(last.values()))
        return [reading for reading in rows if reading.on == last[reading.metric]]


class MetricReading(models.Model):
    """A figure as it stood, and how long counting it took; pages show figures that are slow to count from here."""

    metric = models.CharField(max_length=60)
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
            models.UniqueConstraint(fields=["metric", "on"], name="roadmap_reading_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.metric} {self.on}: {self.value}"
