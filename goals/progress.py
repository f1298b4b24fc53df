"""How far a goal is: progress, pace, colour, projection. Formulas over days and figures, without a database."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from goals.enums import Direction

MOST_PROGRESS = Decimal("1.5")
# On track until five points behind pace, late from twenty; without a reading for 45 days nobody knows.
ON_TRACK, LATE = Decimal("0.05"), Decimal("0.20")
STALE_AFTER = dt.timedelta(days=45)
PROJECTED_OVER = dt.timedelta(days=90)
PROJECTED_FROM = 4


class Light(StrEnum):
    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    GREY = "grey"


@dataclass(frozen=True)
class Aim:
    """From where to where a figure should go, and between which days."""

    direction: str
    baseline: Decimal
    target: Decimal
    tolerance: Decimal
    starts_on: dt.date
    due_on: dt.date

    @property
    def has_way(self) -> bool:
        """Whether there is a way to divide; else a figure is met or not met, and nothing between."""
        return self.direction != Direction.MAINTAIN and self.target != self.baseline


@dataclass(frozen=True)
class Point:
    """A figure as it was on a day."""

    on: dt.date
    value: Decimal


def is_met(aim: Aim, value: Decimal) -> bool:
    if aim.direction == Direction.MAINTAIN:
        return abs(value - aim.baseline) <= aim.tolerance
    return value <= aim.target if aim.direction == Direction.DECREASE else value >= aim.target


def progress(aim: Aim, value: Decimal) -> Decimal | None:
    """Return (value − baseline) ÷ (target − baseline), at most 1.5; None where there is no way to divide."""
    if not aim.has_way:
        return None
    return min((value - aim.baseline) / (aim.target - aim.baseline), MOST_PROGRESS)


def pace(aim: Aim, today: dt.date) -> Decimal:
    """Return the share of the time that is over, (today − first day) ÷ (last day − first day), from 0 to 1."""
    days = (aim.due_on - aim.starts_on).days
    if days <= 0:
        return Decimal(today >= aim.due_on)
    return min(max(Decimal((today - aim.starts_on).days) / days, Decimal(0)), Decimal(1))


def expected(aim: Aim, today: dt.date) -> Decimal:
    """Return the figure that keeps pace: as far from baseline to target as the time is over."""
    return aim.baseline + pace(aim, today) * (aim.target - aim.baseline)


def behind(aim: Aim, value: Decimal, today: dt.date) -> Decimal:
    """Return pace − progress: 0.1 is ten points behind, below zero is ahead. Not met without a way counts as late."""
    done = progress(aim, value)
    if done is None:
        return Decimal(0) if is_met(aim, value) else LATE
    return pace(aim, today) - done


def light(aim: Aim, point: Point | None, today: dt.date) -> Light:
    """Say how a goal stands: green up to 5 points behind pace, amber up to 20, red beyond; grey where nobody knows."""
    if point is None or today - point.on > STALE_AFTER:
        return Light.GREY
    if not aim.has_way:
        return Light.GREEN if is_met(aim, point.value) else Light.RED
    gap = behind(aim, point.value, today)
    if gap <= ON_TRACK:
        return Light.GREEN
    return Light.AMBER if gap <= LATE else Light.RED


def projection(aim: Aim, points: Sequence[Point], today: dt.date) -> Decimal | None:
    """Return where the figure will be on the last day if the last 90 days go on: last value + slope × days left.

    The slope is that of least squares and needs four readings; None with fewer, or once the last day has come.
    """
    recent = [point for point in points if today - PROJECTED_OVER <= point.on <= today]
    days_left = (aim.due_on - today).days
    if len(recent) < PROJECTED_FROM or days_left <= 0:
        return None
    reached = recent[-1].value + _decimal(slope(recent) * days_left)
    return max(reached, Decimal(0)) if min(aim.baseline, recent[-1].value) >= 0 else reached


def slope(points: Sequence[Point]) -> Fraction:
    """Return the change a day by least squares; none where all readings are of one day."""
    first, n = points[0].on, len(points)
    xs, ys = [(point.on - first).days for point in points], [point.value for point in points]
    spread = n * sum(x * x for x in xs) - sum(xs) ** 2
    if not spread:
        return Fraction(0)
    together = n * sum((x * y for x, y in zip(xs, ys, strict=True)), Decimal(0)) - sum(xs) * sum(ys, Decimal(0))
    return Fraction(together) / spread


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
