"""What a year in draft may take over from the years before it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import cached_property

from accounts.models import School
from goals.board import pill_of
from goals.models import Goal, PlanningCycle
from goals.standing import GoalStanding, standings
from roadmap.slots import Words


@dataclass(frozen=True)
class Row:
    """A goal that was not reached, with where its figure stands."""

    standing: GoalStanding
    is_taken: bool

    @property
    def goal(self) -> Goal:
        return self.standing.goal

    @property
    def pill(self) -> tuple[Words, str, str]:
        return pill_of(self.standing)


@dataclass(frozen=True)
class TakingOver:
    cycle: PlanningCycle
    school: School

    @cached_property
    def before(self) -> PlanningCycle | None:
        """The year before this one, if it had goals that were not reached."""
        return year_before(self.cycle)

    @cached_property
    def rows(self) -> list[Row]:
        """The goals of the year before that were not reached, the most important first; six queries."""
        if self.before is None:
            return []
        goals = list(Goal.objects.unreached().filter(cycle=self.before).in_order())
        taken = set(Goal.objects.filter(cycle=self.cycle, continues__in=goals).values_list("continues", flat=True))
        found = standings(goals, self.school, self.school.today())
        return [Row(standing, standing.goal.pk in taken) for standing in found]

    @property
    def is_all_taken(self) -> bool:
        return all(row.is_taken for row in self.rows)

    def chosen(self, ticked: list[str]) -> list[Goal]:
        """Return those of its goals that were ticked; anything else that is sent is left out."""
        return [row.goal for row in self.rows if str(row.goal.pk) in ticked]


def year_before(cycle: PlanningCycle) -> PlanningCycle | None:
    """Return the last year before this one with goals that were not reached. One query."""
    open_ones = Goal.objects.unreached().values("cycle")
    earlier = PlanningCycle.objects.filter(starts_on__lt=cycle.starts_on, pk__in=open_ones)
    return earlier.order_by("-starts_on", "-id").first()
