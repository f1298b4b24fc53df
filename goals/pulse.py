"""What Today and the Roadmap show of goals."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import School, User
from goals.board import Card
from goals.cycles import current_cycle, current_goals
from goals.enums import CycleStatus, GoalStatus, MeasureSource
from goals.models import Goal, PlanningCycle
from goals.progress import STALE_AFTER
from goals.rules import can_agree
from goals.standing import GoalStanding as Stands
from goals.standing import standings
from goals.verdicts import current_standings
from roadmap.slots import GoalStanding, Period, TodayItem, Whose

SHOWN_ON_TODAY = 4
RUNS = [GoalStatus.AGREED, GoalStatus.ACTIVE]


def _running_cycle() -> PlanningCycle | None:
    cycle = current_cycle()
    return cycle if cycle and cycle.is_running else None


def pulse(_user: User, school: School, _whose: Whose) -> dict[str, Any] | None:
    """The first goals of the year that runs, for the top of Today; None where no year runs."""
    goals = [goal for goal in current_goals() if goal.status in RUNS] if _running_cycle() else []
    found = standings(goals[:SHOWN_ON_TODAY], school, school.today())
    return {"cards": [Card(standing) for standing in found]} if found else None


def goal_standings(school: School) -> list[GoalStanding]:
    """Return the running goals of which something is known, furthest behind first."""
    found = current_standings(school, school.today()) if _running_cycle() else []
    known = [each for each in found if each.goal.status in RUNS and each.first.behind is not None]
    known.sort(key=lambda each: each.first.behind or 0, reverse=True)
    return [_for_roadmap(each) for each in known]


def _for_roadmap(each: Stands) -> GoalStanding:
    first = each.first
    metric = first.latest.metric
    return GoalStanding(
        title=each.goal.title,
        stage=metric.stage if metric else None,
        behind=first.behind or first.rounded(first.measure.baseline * 0),
        detail=_("%(value)s of %(target)s")
        % {"value": first.words(first.value), "target": first.words(first.measure.target)},
        url=each.goal.get_absolute_url(),
    )


def running_year(_school: School) -> Period | None:
    """Return the year that runs; one that is only a number is called a school year."""
    cycle = _running_cycle()
    if cycle is None:
        return None
    title = _("school year %(year)s") % {"year": cycle.name} if cycle.name[:1].isdigit() else cycle.name
    return Period(title, cycle.starts_on, cycle.ends_on)


def waiting_for(user: User, school: School, limit: int) -> list[TodayItem]:
    """Years and goals that wait for the director; figures that the owner of a goal should note."""
    items = _to_agree(limit) if can_agree(user) else []
    return [*items, *_to_note(user, school.today(), limit)][:limit]


def _to_agree(limit: int) -> list[TodayItem]:
    years = PlanningCycle.objects.filter(status=CycleStatus.DRAFT, goals__status=GoalStatus.DRAFT).distinct()
    late = Goal.objects.filter(status=GoalStatus.DRAFT, cycle__status__in=[CycleStatus.AGREED, CycleStatus.RUNNING])
    return [
        _item(_("Agree the goals of %(year)s") % {"year": year.name}, "", year.get_absolute_url(), year.updated_at)
        for year in years[:limit]
    ] + [
        _item(
            _("Agree a new goal: %(goal)s") % {"goal": goal.title}, goal.why, goal.get_absolute_url(), goal.created_at
        )
        for goal in late.order_by("-id")[:limit]
    ]


def _to_note(user: User, today: dt.date, limit: int) -> list[TodayItem]:
    """Goals of this person whose figure, noted by hand, is older than 45 days or missing."""
    mine = Goal.objects.filter(owner=user, status__in=RUNS, cycle__status=CycleStatus.RUNNING)
    by_hand = mine.filter(measures__source=MeasureSource.MANUAL, measures__order=0)
    silent = by_hand.exclude(measures__readings__on__gte=today - STALE_AFTER).filter(starts_on__lte=today)
    return [
        _item(
            _("Note a figure: %(goal)s") % {"goal": goal.title},
            _("No figure for more than 45 days"),
            f"{goal.get_absolute_url()}reading/",
            timezone.now(),
        )
        for goal in silent.in_order()[:limit]
    ]


def _item(title: str, detail: str, url: str, at: dt.datetime) -> TodayItem:
    return TodayItem(title=title, detail=detail, url=url, icon="target", stage=1, at=at)
