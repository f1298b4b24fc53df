"""A goal's page, as one person sees it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import School, User
from goals.board import pill_of
from goals.chart import NARROW, WIDE, Chart, chart_of, monthly
from goals.enums import GoalStatus
from goals.models import Goal, ManualReading, TargetChange
from goals.progress import PROJECTED_FROM, PROJECTED_OVER, expected
from goals.rules import can_agree_goal, can_change, can_change_target, can_run
from goals.standing import GoalStanding, MeasureStanding, standings
from roadmap.lifecycle import may_move
from roadmap.slots import Metric, Words

READINGS_SHOWN = 60


@dataclass(frozen=True)
class Line:
    """A line of the table beside the chart."""

    label: str
    value: str
    pace: str


@dataclass(frozen=True)
class GoalPage:
    goal: Goal
    user: User
    school: School

    @cached_property
    def standing(self) -> GoalStanding:
        return standings([self.goal], self.school, self.school.today(), history=True)[0]

    @property
    def first(self) -> MeasureStanding:
        return self.standing.first

    @property
    def pill(self) -> tuple[Words, str, str]:
        return pill_of(self.standing)

    @property
    def metric(self) -> Metric | None:
        return self.first.latest.metric

    @cached_property
    def wide(self) -> Chart | None:
        return chart_of(self.first, WIDE)

    @cached_property
    def narrow(self) -> Chart | None:
        return chart_of(self.first, NARROW)

    @property
    def headline(self) -> str:
        """What the chart says, in a sentence."""
        first = self.first
        if first.value is None:
            return _("No figure yet")
        words = {"value": first.words(first.value), "target": first.words(first.measure.target)}
        if first.is_final:
            return _("%(value)s, and the goal was %(target)s") % words
        if first.projected is None or first.is_level:
            return _("%(value)s, and the goal is %(target)s") % words
        return _("At this pace %(reached)s of %(target)s") % {**words, "reached": first.words(first.projected)}

    @property
    def story(self) -> str:
        """What stands behind the headline."""
        first = self.first
        if first.value is None:
            return str(first.latest.reason)
        if first.is_level or first.is_final:
            return first.basis
        if first.projected is None:
            few = _("A look ahead needs %(n)s readings within %(days)s days.")
            return few % {"n": PROJECTED_FROM, "days": PROJECTED_OVER.days}
        words = {"value": first.words(first.value), "expected": first.words(first.expected)}
        return _("%(value)s today, %(expected)s expected. The dotted line carries the last 90 days forward.") % words

    @property
    def table(self) -> list[Line]:
        """The chart's figures, the last of each month."""
        first = self.first
        lines = [
            Line(date_format(point.on, "j F Y"), first.words(point.value), self._pace(point.on))
            for point in monthly(first.points)
        ]
        if first.projected is not None:
            day = date_format(first.aim.due_on, "j F Y")
            label = _("%(day)s, at this pace") % {"day": day}
            lines.append(Line(label, first.words(first.projected), first.words(first.measure.target)))
        return lines

    def _pace(self, day: dt.date) -> str:
        first = self.first
        return first.words(first.measure.target if first.is_level else first.rounded(expected(first.aim, day)))

    @cached_property
    def readings(self) -> list[ManualReading]:
        """The newest figures noted by hand; none where Tandem counts."""
        if self.first.measure.is_live:
            return []
        noted = ManualReading.objects.filter(measure=self.first.measure).select_related("noted_by")
        return list(noted.order_by("-on")[:READINGS_SHOWN])

    @cached_property
    def changes(self) -> list[TargetChange]:
        return list(TargetChange.objects.filter(measure=self.first.measure).select_related("by"))

    @property
    def changed_words(self) -> list[tuple[TargetChange, str, str]]:
        """Each change of the target with what it was and what it became."""
        return [(change, self.first.words(change.was), self.first.words(change.became)) for change in self.changes]

    @property
    def agreed_target(self) -> str:
        """What the director agreed at first."""
        return self.first.words(self.changes[-1].was if self.changes else self.first.measure.target)

    @cached_property
    def programmes(self) -> list[str]:
        return [programme.title for programme in self.goal.programmes.all()]

    # What this person may do

    @property
    def may_edit(self) -> bool:
        return can_change(self.user, self.goal)

    @property
    def may_agree(self) -> bool:
        return can_agree_goal(self.user, self.goal)

    @property
    def may_change_target(self) -> bool:
        return can_change_target(self.user, self.goal)

    @property
    def may_note(self) -> bool:
        return self.may_edit and not self.first.measure.is_live

    @property
    def may_hold(self) -> bool:
        return can_run(self.user) and may_move(self.goal, to=GoalStatus.ON_HOLD)

    @property
    def may_resume(self) -> bool:
        return can_run(self.user) and self.goal.status == GoalStatus.ON_HOLD

    @property
    def may_close(self) -> bool:
        return can_run(self.user) and may_move(self.goal, to=GoalStatus.ACHIEVED)

    @property
    def may_drop(self) -> bool:
        return can_run(self.user) and may_move(self.goal, to=GoalStatus.DROPPED)
