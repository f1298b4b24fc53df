"""The board of a year's goals."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import School, User
from goals.chart import Spark, spark_of
from goals.cycles import current_cycle, goals_of
from goals.enums import CycleStatus, GoalStatus
from goals.models import PlanningCycle
from goals.rules import can_add_to, can_agree, can_plan, can_run
from goals.standing import GoalStanding, MeasureStanding, standings
from goals.verdicts import STATES, verdict_of
from roadmap.slots import Words

MOST_YEARS = 12


@dataclass(frozen=True)
class Card:
    """A goal on the board."""

    standing: GoalStanding

    @property
    def first(self) -> MeasureStanding:
        return self.standing.first

    @cached_property
    def spark(self) -> Spark | None:
        return spark_of(self.first)

    @property
    def caption(self) -> str:
        """What the small line shows."""
        if self.spark is None:
            return ""
        first, last = self.spark.first, self.spark.end
        since = _("Since %(month)s") % {"month": date_format(first, "F")}
        if (last - first).days > 366:  # noqa: PLR2004 - a month alone would be ambiguous
            since = _("%(first)s to %(last)s") % {"first": first.year, "last": last.year}
        return (
            _("%(since)s, goal dashed") % {"since": since}
            if self.first.is_level
            else _("%(since)s, pace dashed") % {"since": since}
        )

    @property
    def records_url(self) -> str:
        metric = self.first.latest.metric
        return metric.records_url if metric else ""

    @property
    def pill(self) -> tuple[Words, str, str]:
        return pill_of(self.standing)


def pill_of(standing: GoalStanding) -> tuple[Words, str, str]:
    """Return a goal's state as label, tone and icon: how it stands while it runs, else what became of it."""
    own: dict[str, tuple[str, str]] = {
        GoalStatus.DRAFT: ("", "edit"),
        GoalStatus.ON_HOLD: ("", "player-pause"),
        GoalStatus.ACHIEVED: ("ok", "check"),
        GoalStatus.PARTLY_ACHIEVED: ("warn", "minus"),
        GoalStatus.MISSED: ("bad", "x"),
        GoalStatus.DROPPED: ("", "ban"),
    }
    goal = standing.goal
    if goal.status in own:
        tone, icon = own[goal.status]
        return goal.get_status_display(), tone, icon
    return standing.first.pill


@dataclass(frozen=True)
class Board:
    """A year and its goals, as one person may see and change them."""

    cycle: PlanningCycle | None
    years: list[PlanningCycle]
    cards: list[Card]
    state: str
    user: User
    today: dt.date

    @property
    def count(self) -> int:
        return len(self.cards)

    @property
    def state_label(self) -> Words:
        return STATES.get(self.state, "")

    @property
    def share_over(self) -> int:
        """How much of the year is over, in percent."""
        if self.cycle is None:
            return 0
        days = (self.cycle.ends_on - self.cycle.starts_on).days
        gone = min(max((self.today - self.cycle.starts_on).days, 0), days)
        return round(Decimal(100) * gone / days)

    @property
    def as_of(self) -> dt.datetime | None:
        """The oldest of the figures shown."""
        return min((card.first.latest.at for card in self.cards if card.first.latest.at), default=None)

    @property
    def may_plan(self) -> bool:
        return can_plan(self.user)

    @property
    def may_add(self) -> bool:
        return self.cycle is not None and can_add_to(self.user, self.cycle)

    @property
    def add_url(self) -> str:
        return f"{reverse('goals:add')}?cycle={self.cycle.pk}" if self.cycle else reverse("goals:add")

    @property
    def may_edit_year(self) -> bool:
        return self.cycle is not None and self.cycle.is_draft and can_plan(self.user)

    @property
    def may_agree(self) -> bool:
        return self.cycle is not None and self.cycle.is_draft and bool(self.cards) and can_agree(self.user)

    @property
    def waits_for_agreement(self) -> bool:
        return self.cycle is not None and self.cycle.is_draft and bool(self.cards) and not can_agree(self.user)

    @property
    def may_start(self) -> bool:
        return self.cycle is not None and self.cycle.status == CycleStatus.AGREED and can_run(self.user)

    @property
    def may_close(self) -> bool:
        return self.cycle is not None and self.cycle.is_running and can_run(self.user)

    @property
    def is_over(self) -> bool:
        return self.cycle is not None and self.cycle.is_running and self.cycle.ends_on < self.today


def board_for(user: User, school: School, *, cycle: PlanningCycle | None = None, state: str = "") -> Board:
    """Gather the board of a year, by default the current one; a constant number of queries."""
    today = school.today()
    chosen = cycle or current_cycle()
    state = state if state in STATES else ""
    goals = list(goals_of(chosen).select_related("owner"))
    for goal in goals:
        goal.cycle = chosen  # type: ignore[assignment] # there are goals only of a cycle
    found = standings(goals, school, today, history=True)
    return Board(
        cycle=chosen,
        years=list(PlanningCycle.objects.order_by("-starts_on")[:MOST_YEARS]),
        cards=[Card(standing) for standing in found if not state or verdict_of(standing, state)],
        state=state,
        user=user,
        today=today,
    )
