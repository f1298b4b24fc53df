"""What the figures were: one row a metric and day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Self

from django.db import models
from django.db.models import Max, OuterRef, Subquery


class MetricReadingQuerySet(models.QuerySet["MetricReading"]):
    def latest_of(self, keys: Iterable[str]) -> Self:
        """Return the last reading of each metric, in one query that enters the unique index once a metric."""
        own = MetricReading.objects.filter(metric=OuterRef("metric")).order_by().values("metric")
        return self.filter(metric__in=list(keys), on=Subquery(own.annotate(last=Max("on")).values("last")))


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
