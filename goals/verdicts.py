"""Which goals are on track and which are behind: for the figures of stage 1, and for the board that shows them."""

import datetime as dt
from collections.abc import Collection

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.looks import once
from accounts.models import School
from goals.cycles import current_cycle, current_goals, goals_of
from goals.enums import GoalStatus
from goals.models import Goal
from goals.progress import Light
from goals.standing import GoalStanding, standings
from roadmap.slots import Words

SET, ON_TRACK, BEHIND = "set", "on_track", "behind"
STATES: dict[str, Words] = {SET: _("All goals"), ON_TRACK: _("On track"), BEHIND: _("Behind")}
RUNS = {GoalStatus.AGREED, GoalStatus.ACTIVE}


def verdict_of(standing: GoalStanding, state: str) -> bool:
    """Say whether a goal is in this state; one on hold, in draft or without a figure is neither on track nor behind."""
    if state == SET:
        return True
    status = standing.goal.status
    if state == ON_TRACK:
        return status == GoalStatus.ACHIEVED or (status in RUNS and standing.light == Light.GREEN)
    ended_short = status in {GoalStatus.PARTLY_ACHIEVED, GoalStatus.MISSED}
    return ended_short or (status in RUNS and standing.light in {Light.AMBER, Light.RED})


def current_standings(school: School, today: dt.date) -> list[GoalStanding]:
    """Return how the current year's goals stand."""
    return once(("goals.standings", today), lambda: standings(current_goals(), school, today))


def ids_in(state: str, found: Collection[GoalStanding]) -> list[int]:
    return [standing.goal.pk for standing in found if verdict_of(standing, state)]


def goals_in(state: str, school: School) -> QuerySet[Goal]:
    """Return the current year's goals in a state, as rows to count."""
    if state == SET:
        return goals_of(current_cycle())
    return Goal.objects.filter(pk__in=ids_in(state, current_standings(school, school.today())))
