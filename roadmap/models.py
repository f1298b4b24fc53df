"""What the figures were: one row a metric and moment."""

from typing import ClassVar

from django.db import models


class MetricReading(models.Model):
    """A figure as it stood; goals, tiles and Today read these, at most five minutes old."""

    metric = models.CharField(max_length=60)
    at = models.DateTimeField()
    on = models.DateField()
    value = models.DecimalField(max_digits=16, decimal_places=4, null=True)
    n = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            # One reading a day is kept; within the day the row is brought up to date.
            models.UniqueConstraint(fields=["metric", "on"], name="roadmap_reading_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.metric} {self.on}: {self.value}"
