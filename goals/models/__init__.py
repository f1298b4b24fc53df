"""What the school teaches, and what it wants to reach in a year."""

from goals.models.assessment import Assessment, AssessmentItem, ProposedGoal
from goals.models.cycles import PlanningCycle
from goals.models.goals import Goal, GoalQuerySet
from goals.models.measures import ManualReading, Measure, TargetChange
from goals.models.programmes import HIGHEST_EQF, LOWEST_EQF, Programme, validate_field_code

__all__ = [
    "HIGHEST_EQF",
    "LOWEST_EQF",
    "Assessment",
    "AssessmentItem",
    "Goal",
    "GoalQuerySet",
    "ManualReading",
    "Measure",
    "PlanningCycle",
    "Programme",
    "ProposedGoal",
    "TargetChange",
    "validate_field_code",
]
