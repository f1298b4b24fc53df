"""How a measure stands today, in figures and in words; every page and figure of goals reads it here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import cached_property

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import School
from goals.enums import Direction, MeasureSource, Unit
from goals.models import Goal, Measure
from goals.progress import Aim, Light, Point, behind, expected, is_met, light, progress, projection
from goals.readings import Latest, history_of, latest_of
from goals.wording import decimals_of, written
from roadmap.slots import Words

# A share or a score says how things are; it is compared with the target itself, and drawn with the goal as a level.
LEVELS = {Unit.PERCENT, Unit.SCORE}
TONES = {Light.GREEN: "ok", Light.AMBER: "warn", Light.RED: "bad", Light.GREY: ""}
BARS = {Light.GREEN: "is-ok", Light.AMBER: "is-warn", Light.RED: "is-bad", Light.GREY: ""}


@dataclass(frozen=True)
class MeasureStanding:
    """A measure with its newest figure; `history` is empty where a page draws no line."""

    measure: Measure
    latest: Latest
    school: School
    today: dt.date
    history: list[Point] = field(default_factory=list)

    @cached_property
    def aim(self) -> Aim:
        goal, measure = self.measure.goal, self.measure
        return Aim(
            direction=measure.direction,
            baseline=measure.baseline,
            target=measure.target,
            tolerance=measure.tolerance,
            starts_on=goal.starts_on,
            due_on=goal.due_on,
        )

    @property
    def value(self) -> Decimal | None:
        return self.latest.value

    @property
    def is_level(self) -> bool:
        return self.measure.unit in LEVELS or not self.aim.has_way

    @property
    def is_final(self) -> bool:
        """Whether the goal is closed and the figure stands still."""
        return self.measure.final_on is not None

    @cached_property
    def light(self) -> Light:
        return light(self.aim, self.latest.point, self.today)

    @property
    def tone(self) -> str:
        return TONES[self.light]

    @property
    def bar_css(self) -> str:
        return BARS[self.light]

    @cached_property
    def behind(self) -> Decimal | None:
        return None if self.value is None else behind(self.aim, self.value, self.today)

    @property
    def is_met(self) -> bool:
        return self.value is not None and is_met(self.aim, self.value)

    @cached_property
    def expected(self) -> Decimal:
        """The figure that keeps pace, as it is shown."""
        return self.rounded(expected(self.aim, self.today))

    @property
    def share(self) -> Decimal:
        """How full the bar is, from 0 to 1."""
        if self.value is None:
            return Decimal(0)
        if self.measure.unit == Unit.PERCENT:
            return self.value / 100
        if self.out_of:
            return self.value / self.out_of
        done = progress(self.aim, self.value)
        return Decimal(self.is_met) if done is None else done

    @property
    def out_of(self) -> Decimal | None:
        return self.latest.metric.out_of if self.latest.metric else None

    @cached_property
    def projected(self) -> Decimal | None:
        """Where the figure will be on the last day; rounded so that it never promises more than is to be expected."""
        reached = projection(self.aim, self.points, self.today)
        if reached is None or self.is_final:
            return None
        most = Decimal(100) if self.measure.unit == Unit.PERCENT else self.out_of
        towards = ROUND_CEILING if self.measure.direction == Direction.DECREASE else ROUND_FLOOR
        return self.rounded(min(reached, most) if most else reached, towards)

    @cached_property
    def points(self) -> list[Point]:
        """The history up to the newest figure, and that."""
        newest = self.latest.point
        earlier = [point for point in self.history if newest is None or point.on < newest.on]
        return [*earlier, newest] if newest else earlier

    def rounded(self, value: Decimal, how: str = ROUND_HALF_UP) -> Decimal:
        return value.quantize(Decimal(1).scaleb(-decimals_of(self.measure.unit)), how)

    def words(self, value: Decimal | None) -> str:
        """Write a figure in the measure's unit."""
        return written(value, self.measure.unit, self.school.currency)

    # What cards say

    @property
    def pill(self) -> tuple[Words, str, str]:
        """How it stands, as label, tone and icon."""
        if self.light == Light.GREY:
            return self._unknown(), "", "help-circle"
        if self.is_met:
            return _("Met"), "ok", "check"
        if self.is_level or self.is_final:
            return self._short(), "warn" if self.is_final and self.tone == "ok" else self.tone, "minus"
        return self._against_pace()

    def _unknown(self) -> str:
        if self.latest.on is None or self.value is None:
            return _("No figure")
        days = (self.today - self.latest.on).days
        return ngettext("No figure for %(n)s day", "No figure for %(n)s days", days) % {"n": days}

    def _short(self) -> str:
        """Say how far a level is from its goal."""
        if self.measure.direction == Direction.MAINTAIN:
            return _("Not met")
        gap = self.rounded(abs(self.measure.target - (self.value or 0)))
        words = self.words(gap)
        if self.measure.unit == Unit.PERCENT:
            words = ngettext("%(n)s point", "%(n)s points", int(gap)) % {"n": int(gap)}
        if self.measure.direction == Direction.DECREASE:
            return _("%(gap)s too high") % {"gap": words}
        return _("%(gap)s short") % {"gap": words}

    def _against_pace(self) -> tuple[Words, str, str]:
        gap = self.rounded(self.value or Decimal(0)) - self.expected
        if self.measure.direction == Direction.DECREASE:
            gap = -gap
        if self.light != Light.GREEN:
            words = _("%(gap)s behind pace") % {"gap": self.words(-gap)} if gap < 0 else _("Behind pace")
            return words, self.tone, "trending-down"
        if gap > 0:
            return _("%(gap)s ahead") % {"gap": self.words(gap)}, "ok", "trending-up"
        return _("On pace"), "ok", "trending-up"

    @property
    def beside(self) -> str:
        """What stands beside the big figure: “of 120, 69 expected by now”, “goal 75%, start 68%”."""
        return ", ".join(filter(None, [self.aim_words, self.pace_words]))

    @property
    def aim_words(self) -> str:
        """Where the figure should be: “of 120”, “goal 75%”, “of 5, goal 4.3”."""
        target = {"target": self.words(self.measure.target)}
        if self.out_of:
            return _("of %(most)s, goal %(target)s") % {"most": written(self.out_of, Unit.COUNT), **target}
        if self.is_level or self.measure.direction == Direction.DECREASE:
            return _("goal %(target)s") % target
        return _("of %(target)s") % target

    @property
    def pace_words(self) -> str:
        """Where it should be by now, or where it started."""
        if self.measure.direction == Direction.MAINTAIN:
            return _("give or take %(tolerance)s") % {"tolerance": self.words(self.measure.tolerance)}
        if self.is_level:
            return "" if self.out_of else _("start %(start)s") % {"start": self.words(self.measure.baseline)}
        if not self.is_under_way:
            return ""
        return _("%(expected)s expected by now") % {"expected": self.words(self.expected)}

    @property
    def is_under_way(self) -> bool:
        return not self.is_final and self.aim.starts_on <= self.today < self.aim.due_on

    @property
    def under(self) -> str:
        """What stands under the bar: the projection, else what is behind the figure, else why there is none."""
        if self.value is None:
            return str(self.latest.reason)
        if self.projected is not None and not self.is_level:
            return _("At this pace %(figure)s by %(day)s") % {
                "figure": self.words(self.projected),
                "day": date_format(self.aim.due_on, "j F"),
            }
        return self.basis

    @property
    def basis(self) -> str:
        """What stands behind the newest figure: “19 firms”, “2 March: 84 of 118 leavers”."""
        if (self.is_final or self.measure.source == MeasureSource.MANUAL) and self.latest.on:
            return ": ".join(filter(None, [date_format(self.latest.on, "j F"), self.latest.note]))
        metric = self.latest.metric
        return f"{self.latest.n} {metric.counted}" if metric and metric.counted and self.latest.n else ""


@dataclass(frozen=True)
class GoalStanding:
    """A goal with its measures in order: the first decides, the others explain."""

    goal: Goal
    measures: list[MeasureStanding]

    @property
    def first(self) -> MeasureStanding:
        return self.measures[0]

    @property
    def light(self) -> Light:
        return self.first.light


def standings(goals: Collection[Goal], school: School, today: dt.date, *, history: bool = False) -> list[GoalStanding]:
    """Return how goals stand, in their order; those without a measure are left out.

    Three queries beside the figures counted anew, two more with the history.
    """
    by_id = {goal.pk: goal for goal in goals}
    measures = list(Measure.objects.filter(goal__in=by_id).order_by("order", "id"))
    for measure in measures:
        measure.goal = by_id[measure.goal_id]
    latest = latest_of(measures, school.zone)
    points = history_of(measures) if history else {}
    found: dict[int, list[MeasureStanding]] = {pk: [] for pk in by_id}
    for measure in measures:
        as_of = measure.final_on or today
        found[measure.goal_id].append(
            MeasureStanding(measure, latest[measure.pk], school, as_of, points.get(measure.pk, []))
        )
    return [GoalStanding(by_id[pk], rows) for pk, rows in found.items() if rows]
