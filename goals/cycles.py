"""Which planning cycle is the one to look at."""

from accounts.looks import once
from goals.enums import CycleStatus
from goals.models import Goal, GoalQuerySet, PlanningCycle

RANK = [CycleStatus.RUNNING, CycleStatus.AGREED, CycleStatus.DRAFT]


def current_cycle() -> PlanningCycle | None:
    """Return the cycle that runs, else the one agreed or drafted that comes first; None without any. One query."""
    return once("goals.cycle", _find_cycle)


def _find_cycle() -> PlanningCycle | None:
    unfinished = PlanningCycle.objects.exclude(status=CycleStatus.CLOSED).select_related("agreed_by")
    return min(unfinished, key=lambda cycle: (RANK.index(CycleStatus(cycle.status)), cycle.starts_on), default=None)


def goals_of(cycle: PlanningCycle | None) -> GoalQuerySet:
    """Return a cycle's goals but for those dropped, the most important first."""
    return Goal.objects.filter(cycle=cycle).kept().in_order() if cycle else Goal.objects.none()


def current_goals() -> list[Goal]:
    """Return the goals of the current cycle but for those dropped, the most important first. One query more."""
    return once("goals.goals", lambda: list(goals_of(current_cycle())))
