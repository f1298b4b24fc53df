"""The lines of a goal: where its figure was, the pace it should keep, where it will be if things go on."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import date_format

from goals.progress import Point, expected
from goals.standing import MeasureStanding

SPARK_WIDTH, SPARK_HEIGHT = 176, 56
MOST_SPARK_POINTS = 40
MOST_DOTS = 14
MOST_TICKS = 4
MOST_MONTHS = 18
STEPS = (1, 2, 2.5, 4, 5, 10)
LINE_OF_TEXT = 17
ROOM_FOR_LABELS = 60


@dataclass(frozen=True)
class Frame:
    """The size of a drawing and the edges of its plot; every `month_step`th month is named."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    month_step: int = 1

    @property
    def tick_x(self) -> int:
        """Where the figures of the axis end."""
        return self.left - 8


WIDE = Frame(760, 280, 34, 640, 18, 252)
NARROW = Frame(340, 230, 30, 326, 28, 204, month_step=2)
SPARK = Frame(SPARK_WIDTH, SPARK_HEIGHT, 2, 168, 8, 50)


@dataclass(frozen=True)
class Mark:
    """A place on the drawing with what stands there."""

    x: str
    y: str
    text: str = ""
    anchor: str = "start"


@dataclass(frozen=True)
class Scale:
    """Turns days and figures into places."""

    frame: Frame
    first: dt.date
    last: dt.date
    low: float
    high: float

    def x(self, day: dt.date) -> float:
        days = max((self.last - self.first).days, 1)
        share = min(max((day - self.first).days / days, 0), 1)
        return self.frame.left + share * (self.frame.right - self.frame.left)

    def y(self, value: Decimal | float) -> float:
        span = (self.high - self.low) or 1
        share = min(max((float(value) - self.low) / span, 0), 1)
        return self.frame.bottom - share * (self.frame.bottom - self.frame.top)

    def place(self, day: dt.date, value: Decimal | float) -> Mark:
        return mark(self.x(day), self.y(value))

    def line(self, points: Iterable[Point]) -> str:
        return " ".join(f"{place.x},{place.y}" for place in (self.place(point.on, point.value) for point in points))


def mark(x: float, y: float, text: str = "", anchor: str = "start") -> Mark:
    return Mark(f"{x:.1f}", f"{y:.1f}", text, anchor)


def step_of(span: float) -> float:
    """Return a round distance between the lines of a grid: at most four of them cover `span`."""
    if span <= 0:
        return 1
    power = 10 ** math.floor(math.log10(span / MOST_TICKS))
    return next(step * power for step in (*STEPS, 20) if step * power * MOST_TICKS >= span * (1 - 1e-9))


@dataclass(frozen=True)
class Spark:
    """The small line on a card; `dashed` is the pace, or the goal where the figure is a level."""

    line: str
    last: Mark
    dashed: tuple[Mark, Mark]
    first: dt.date
    end: dt.date


def spark_of(standing: MeasureStanding) -> Spark | None:
    """Draw a card's line; None with fewer than two readings."""
    points = standing.points
    if len(points) < 2:  # noqa: PLR2004 - a line has two ends
        return None
    shown = _thinned(points)
    aim = standing.aim
    values = [float(value) for value in (*(point.value for point in shown), aim.target, aim.baseline)]
    first, last = (points[0].on, points[-1].on) if standing.is_level else (aim.starts_on, aim.due_on)
    low, high = min(values), max(values)
    if standing.is_level:
        margin = (high - low) * 0.3 or 1
        low, high = low - margin, high + margin
    scale = Scale(SPARK, first, last, low, high)
    ends = (mark(0, scale.y(aim.target)), mark(SPARK_WIDTH, scale.y(aim.target)))
    pace = (scale.place(aim.starts_on, aim.baseline), scale.place(aim.due_on, aim.target))
    return Spark(
        line=scale.line(shown),
        last=scale.place(points[-1].on, points[-1].value),
        dashed=ends if standing.is_level else pace,
        first=points[0].on,
        end=points[-1].on,
    )


def _thinned(points: list[Point]) -> list[Point]:
    """Keep every so manyth point, and always the last."""
    every = math.ceil(len(points) / MOST_SPARK_POINTS)
    return points[::-1][::every][::-1]


def monthly(points: list[Point]) -> list[Point]:
    """Return the last reading of each month, oldest first."""
    last = {(point.on.year, point.on.month): point for point in points}
    return list(last.values())


@dataclass(frozen=True)
class Chart:
    """A goal's drawing, in one size."""

    frame: Frame
    grid: list[Mark]
    months: list[Mark]
    line: str
    area: str
    dots: list[Mark]
    last: Mark
    dashed: tuple[Mark, Mark]
    projected: Mark | None
    value_label: Mark
    pace_label: Mark | None
    goal_labels: list[Mark]


def chart_of(standing: MeasureStanding, frame: Frame) -> Chart | None:
    """Draw a goal's readings; None without any, or with nothing but the last one of a closed goal."""
    points = standing.points
    if not points or (standing.is_final and len(points) == 1):
        return None
    scale = _scale(standing, frame)
    last = points[-1]
    line = scale.line(points)
    level_ends = (mark(frame.left, scale.y(standing.aim.target)), mark(frame.right, scale.y(standing.aim.target)))
    pace_ends = (
        scale.place(standing.aim.starts_on, standing.aim.baseline),
        scale.place(standing.aim.due_on, standing.aim.target),
    )
    reached = None if standing.is_level else standing.projected
    return Chart(
        frame=frame,
        grid=_grid(standing, scale),
        months=_months(scale),
        line=line,
        area=f"{line} {scale.x(last.on):.1f},{frame.bottom} {scale.x(points[0].on):.1f},{frame.bottom}",
        dots=[scale.place(point.on, point.value) for point in monthly(points)[-MOST_DOTS:]],
        last=scale.place(last.on, last.value),
        dashed=level_ends if standing.is_level else pace_ends,
        projected=None if reached is None else scale.place(standing.aim.due_on, reached),
        value_label=_value_label(standing, scale),
        pace_label=_pace_label(standing, scale),
        goal_labels=_goal_labels(standing, scale),
    )


def _scale(standing: MeasureStanding, frame: Frame) -> Scale:
    aim, points = standing.aim, standing.points
    first = min(aim.starts_on, points[0].on)
    last = max(aim.due_on, points[-1].on)
    figures = [*(point.value for point in points), aim.baseline, aim.target]
    if standing.projected is not None:
        figures.append(standing.projected)
    low, high = float(min(figures)), float(max(figures))
    if not standing.is_level and low >= 0:
        low = 0.0
    step = step_of(high - low)
    bottom = math.floor(low / step) * step
    top = math.ceil(high / step - 1e-9) * step
    return Scale(frame, first, last, bottom, top if top > bottom else bottom + step)


def _grid(standing: MeasureStanding, scale: Scale) -> list[Mark]:
    step = step_of(scale.high - scale.low)
    lines = round((scale.high - scale.low) / step)
    values = [Decimal(str(scale.low + step * number)) for number in range(lines + 1)]
    return [mark(scale.frame.left, scale.y(value), standing.words(value)) for value in values]


def _months(scale: Scale) -> list[Mark]:
    """Name the months below the plot; of a long time only the years."""
    starts = [dt.date(scale.first.year, scale.first.month, 1)]
    while (following := (starts[-1] + dt.timedelta(days=32)).replace(day=1)) <= scale.last:
        starts.append(following)
    y = scale.frame.bottom + 20
    if len(starts) > MOST_MONTHS:
        years = [day for day in starts if day.month == 1 and day >= scale.first]
        return [mark(scale.x(day), y, str(day.year), "middle") for day in years]
    middles = [day.replace(day=15) for day in starts]
    shown = [day for day in middles if scale.first <= day <= scale.last][:: scale.frame.month_step]
    return [mark(scale.x(day), y, date_format(day, "M"), "middle") for day in shown]


def _value_label(standing: MeasureStanding, scale: Scale) -> Mark:
    """Write the newest figure beside its point, away from the dashed line."""
    last = standing.points[-1]
    x, y = scale.x(last.on), scale.y(last.value)
    is_below = last.value < _dashed_at(standing, last.on)
    shift = 20 if is_below and y + 24 < scale.frame.bottom else -12
    is_left = not is_below or x > scale.frame.right - 60
    return mark(x - 8 if is_left else x + 8, y + shift, standing.words(last.value), "end" if is_left else "start")


def _dashed_at(standing: MeasureStanding, day: dt.date) -> Decimal:
    return standing.aim.target if standing.is_level else expected(standing.aim, day)


def _pace_label(standing: MeasureStanding, scale: Scale) -> Mark | None:
    if standing.is_level or not standing.is_under_way:
        return None
    x, y = scale.x(standing.today), scale.y(standing.expected)
    is_above = standing.points[-1].value >= standing.expected
    return mark(x + 10, y + 18) if is_above else mark(x - 10, y - 8, anchor="end")


def _goal_labels(standing: MeasureStanding, scale: Scale) -> list[Mark]:
    """Place the goal and the projection right of the plot, one below the other where they would collide."""
    frame, goal = scale.frame, scale.y(standing.aim.target)
    right = frame.right + 12
    if frame.width - right < ROOM_FOR_LABELS:
        return [mark(frame.right, frame.top - 12, anchor="end")]
    if standing.projected is None or standing.is_level:
        return [mark(right, goal + 4)]
    reached = scale.y(standing.projected)
    if abs(reached - goal) < LINE_OF_TEXT:
        return [mark(right, goal - 2), mark(right, goal - 2 + LINE_OF_TEXT)]
    return [mark(right, goal + 4), mark(right, reached + 4)]
