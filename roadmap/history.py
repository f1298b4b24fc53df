"""A figure's page: what it is now, what it was, and what it stands on."""

from dataclasses import dataclass
from decimal import Decimal

from roadmap.figures import count
from roadmap.models import MetricReading
from roadmap.slots import Figure, Metric, Words

READINGS_SHOWN = 60
WIDTH, HEIGHT, EDGE = 640, 120, 8


@dataclass(frozen=True)
class Point:
    """A reading's place on the chart."""

    x: str
    y: str


@dataclass(frozen=True)
class MetricPage:
    """`readings` are newest first; `points` oldest first, only those with a value."""

    metric: Metric
    now: Figure
    problem: Words
    readings: list[MetricReading]
    points: list[Point]

    @property
    def last(self) -> MetricReading | None:
        return self.readings[0] if self.readings else None

    @property
    def ends(self) -> list[MetricReading]:
        """The readings at both ends of the line."""
        known = [reading for reading in self.readings if reading.value is not None]
        return [known[-1], known[0]] if self.points else []

    @property
    def line(self) -> str:
        return " ".join(f"{point.x},{point.y}" for point in self.points)


def metric_page(metric: Metric) -> MetricPage:
    """Count the figure anew and read its history: the figure's own queries and one more."""
    readings = list(MetricReading.objects.filter(metric=metric.key, scope="").order_by("-on")[:READINGS_SHOWN])
    counted = count(metric)
    problem = counted.figure.reason if counted.failed else ""
    return MetricPage(metric, counted.figure, problem, readings, chart_points(readings))


def chart_points(readings: list[MetricReading]) -> list[Point]:
    """Place readings by day and value; the axis begins at zero. Fewer than two make no line."""
    known = [(reading.on, reading.value) for reading in reversed(readings) if reading.value is not None]
    if len(known) < 2:  # noqa: PLR2004 - a line has two ends
        return []
    first, last = known[0][0], known[-1][0]
    top = max(value for _on, value in known) or Decimal(1)
    return [
        Point(
            x=f"{EDGE + (WIDTH - 2 * EDGE) * (on - first).days / (last - first).days:.1f}",
            y=f"{HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * float(value / top):.1f}",
        )
        for on, value in known
    ]
