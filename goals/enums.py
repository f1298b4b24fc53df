from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

from roadmap.lifecycle import Transitions


class CycleStatus(TextChoices):
    DRAFT = "draft", _("Draft")
    AGREED = "agreed", _("Agreed")
    RUNNING = "running", _("Running")
    CLOSED = "closed", _("Closed")


CYCLE_TRANSITIONS: Transitions = {
    CycleStatus.DRAFT: {CycleStatus.AGREED},
    CycleStatus.AGREED: {CycleStatus.RUNNING},
    CycleStatus.RUNNING: {CycleStatus.CLOSED},
}


class GoalStatus(TextChoices):
    DRAFT = "draft", _("Draft")
    AGREED = "agreed", _("Agreed")
    ACTIVE = "active", _("Running")
    ON_HOLD = "on_hold", _("On hold")
    ACHIEVED = "achieved", _("Achieved")
    PARTLY_ACHIEVED = "partly_achieved", _("Partly achieved")
    MISSED = "missed", _("Missed")
    DROPPED = "dropped", _("Dropped")


GOAL_TRANSITIONS: Transitions = {
    GoalStatus.DRAFT: {GoalStatus.AGREED, GoalStatus.DROPPED},
    GoalStatus.AGREED: {GoalStatus.ACTIVE, GoalStatus.DROPPED},
    GoalStatus.ACTIVE: {
        GoalStatus.ON_HOLD,
        GoalStatus.ACHIEVED,
        GoalStatus.PARTLY_ACHIEVED,
        GoalStatus.MISSED,
        GoalStatus.DROPPED,
    },
    GoalStatus.ON_HOLD: {GoalStatus.ACTIVE, GoalStatus.DROPPED},
}
# How a goal may end, apart from being dropped.
OUTCOMES = [GoalStatus.ACHIEVED, GoalStatus.PARTLY_ACHIEVED, GoalStatus.MISSED]
OVER = [*OUTCOMES, GoalStatus.DROPPED]


class Category(TextChoices):
    STUDENT_LEARNING = "student_learning", _("Student learning")
    JOB_PLACEMENT = "job_placement", _("Job placement")
    WORKFORCE_SOLUTIONS = "workforce_solutions", _("Workforce solutions")
    CURRICULUM_RELEVANCE = "curriculum_relevance", _("Curriculum relevance")
    STAFF_DEVELOPMENT = "staff_development", _("Staff development")
    RESOURCES_INCOME = "resources_income", _("Resources and income")
    INCLUSION = "inclusion", _("Inclusion")
    INNOVATION = "innovation", _("Innovation")
    VISIBILITY = "visibility", _("Visibility")
    INTERNATIONALISATION = "internationalisation", _("Internationalisation")


class Priority(IntegerChoices):
    FIRST = 1, _("1, first of all")
    SECOND = 2, _("2, important")
    THIRD = 3, _("3, if we can")


class MeasureSource(TextChoices):
    LIVE = "live", _("A figure that Tandem counts")
    MANUAL = "manual", _("A figure noted by hand")


class Unit(TextChoices):
    """The units of `roadmap.slots.Metric`, and hours."""

    COUNT = "count", _("How many")
    PERCENT = "percent", _("Percent")
    SCORE = "score", _("Score")
    HOURS = "hours", _("Hours")
    DAYS = "days", _("Days")
    MONEY = "money", _("Money")


class Direction(TextChoices):
    INCREASE = "increase", _("Higher is better")
    DECREASE = "decrease", _("Lower is better")
    MAINTAIN = "maintain", _("Stay where it is")


class AssessmentStep(IntegerChoices):
    """The steps in which a year's goals are found, in their order."""

    STRENGTHS = 1, _("Our strengths")
    FIGURES = 2, _("Last year’s figures")
    ASKED = 3, _("What was asked")
    GOALS = 4, _("Goals and measures")
    AGREE = 5, _("Agree and print")


class ItemKind(TextChoices):
    """Where something that a goal should answer comes from."""

    STRENGTH = "strength", _("Strengths")
    FIGURE = "figure", _("Figures")
    NEED = "need", _("Asked for by firms")
    FINDING = "finding", _("Learned from feedback")
    WISH = "wish", _("Wish of a colleague")
    STRATEGY = "strategy", _("The college’s strategy")
    INSPECTION = "inspection", _("Found by an inspection")
