"""Who may plan, and who agrees what was planned."""

from accounts.rules import AnyUser, can_approve, can_edit, can_read
from goals.enums import CycleStatus, GoalStatus
from goals.models import AssessmentItem, Goal, PlanningCycle

OPEN = {GoalStatus.DRAFT, GoalStatus.AGREED, GoalStatus.ACTIVE, GoalStatus.ON_HOLD}


def can_plan(user: AnyUser) -> bool:
    """Coordinators write down years, goals, figures and programmes."""
    return can_edit(user)


def can_agree(user: AnyUser) -> bool:
    """The director agrees what the school wants to reach."""
    return can_approve(user)


def can_run(user: AnyUser) -> bool:
    """Start and close a year, decide what became of a goal: those who plan, and the director."""
    return can_plan(user) or can_agree(user)


def can_add_to(user: AnyUser, cycle: PlanningCycle) -> bool:
    return can_plan(user) and cycle.status != CycleStatus.CLOSED


def can_take_over(user: AnyUser, cycle: PlanningCycle) -> bool:
    """Bring goals of an earlier year into one that is not agreed yet."""
    return can_plan(user) and cycle.is_draft


def can_change(user: AnyUser, goal: Goal) -> bool:
    return can_plan(user) and goal.status in OPEN


def can_agree_goal(user: AnyUser, goal: Goal) -> bool:
    """A goal written down after its year was agreed needs an agreement of its own."""
    binding = {CycleStatus.AGREED, CycleStatus.RUNNING}
    return can_agree(user) and goal.status == GoalStatus.DRAFT and goal.cycle.status in binding


def can_change_target(user: AnyUser, goal: Goal) -> bool:
    return can_run(user) and goal.is_agreed and goal.status in OPEN


def can_assess(user: AnyUser, cycle: PlanningCycle) -> bool:
    """Tick, choose and hand over in the half-hour before a year is agreed."""
    return can_plan(user) and cycle.is_draft


def can_wish(user: AnyUser, cycle: PlanningCycle) -> bool:
    """Every colleague may say what they wish for a year that is not agreed yet."""
    return can_read(user) and cycle.is_draft


def can_note_for_college(user: AnyUser) -> bool:
    """What the college’s strategy says and what an inspection found is noted by those who run the year."""
    return can_run(user)


def can_remove_wish(user: AnyUser, item: AssessmentItem) -> bool:
    return can_wish(user, item.assessment.cycle) and (can_plan(user) or item.by_id == user.pk)
