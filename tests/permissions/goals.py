"""Goals: coordinators plan, the director agrees, everybody reads."""

from typing import Any

from accounts.enums import Role
from accounts.models import User
from goals.enums import GoalStatus, ItemKind
from tests.goals.factories import (
    AssessmentFactory,
    AssessmentItemFactory,
    ManualReadingFactory,
    MeasureFactory,
    PlanningCycleFactory,
    ProgrammeFactory,
    a_goal,
    a_running_goal,
)
from tests.permissions import DIRECTORS, EDITORS, EVERYBODY, Row, to

RUNNERS = (Role.COORDINATOR, Role.DIRECTOR)


def a_programme(_user: User | None) -> dict[str, Any]:
    return {"pk": ProgrammeFactory().pk}


def a_draft_year(_user: User | None) -> dict[str, Any]:
    return {"pk": PlanningCycleFactory().pk}


def a_year_to_agree(_user: User | None) -> dict[str, Any]:
    return {"pk": a_goal().cycle_id}


def an_agreed_year(_user: User | None) -> dict[str, Any]:
    return {"pk": PlanningCycleFactory(agreed=True).pk}


def a_running_year(_user: User | None) -> dict[str, Any]:
    return {"pk": PlanningCycleFactory(running=True).pk}


def a_year_for_goals(_user: User | None) -> dict[str, Any]:
    PlanningCycleFactory(running=True)
    return {}


def a_draft(_user: User | None) -> dict[str, Any]:
    return {"pk": a_goal().pk}


def a_late_draft(_user: User | None) -> dict[str, Any]:
    return {"pk": a_running_goal(status=GoalStatus.DRAFT, agreed_on=None).pk}


def a_goal_that_runs(_user: User | None) -> dict[str, Any]:
    goal = a_running_goal(why="Because", close_note="So far")
    ManualReadingFactory(measure=goal.measures.get(), note="By telephone")
    return {"pk": goal.pk}


def a_goal_on_hold(_user: User | None) -> dict[str, Any]:
    return {"pk": a_running_goal(status=GoalStatus.ON_HOLD).pk}


def a_counted_goal(_user: User | None) -> dict[str, Any]:
    return {"pk": MeasureFactory(live=True, goal__active=True, metric_key="mou_active").goal_id}


def a_board(_user: User | None) -> dict[str, Any]:
    a_counted_goal(None)
    return {}


def an_assessment(_user: User | None) -> dict[str, Any]:
    """One with something to read; nothing is chosen, so handing over leads back."""
    item = AssessmentItemFactory(detail="Facility")
    a_goal(cycle=item.assessment.cycle)
    return {"pk": item.assessment.cycle_id}


def a_finished_assessment(_user: User | None) -> dict[str, Any]:
    assessment = AssessmentFactory(finished=True)
    a_goal(cycle=assessment.cycle)
    return {"pk": assessment.cycle_id}


def a_wish_of_ones_own(user: User | None) -> dict[str, Any]:
    return {"pk": AssessmentItemFactory(kind=ItemKind.WISH, source="", by=user).pk}


ROWS = {
    "goals:board": Row(get=to(EVERYBODY), make=a_board),
    "goals:cycle_add": Row(get=to(EDITORS), post=to(EDITORS, 422)),
    "goals:cycle_edit": Row(get=to(EDITORS), post=to(EDITORS, 422), make=a_draft_year),
    "goals:cycle_take_over": Row(get=to(EDITORS), post=to(EDITORS, 302), make=a_draft_year),
    "goals:cycle_agree": Row(post=to(DIRECTORS, 302), make=a_year_to_agree),
    "goals:cycle_start": Row(post=to(RUNNERS, 302), make=an_agreed_year),
    "goals:cycle_close": Row(post=to(RUNNERS, 302), make=a_running_year),
    "goals:assessment": Row(get=to(EVERYBODY), post=to(EDITORS, 302), make=a_draft_year),
    "goals:assessment_strengths": Row(get=to(EVERYBODY), post=to(EDITORS, 302), make=an_assessment),
    "goals:assessment_figures": Row(get=to(EVERYBODY), post=to(EDITORS, 302), make=an_assessment),
    "goals:assessment_asked": Row(get=to(EVERYBODY), post=to(EVERYBODY, 302), make=an_assessment),
    "goals:assessment_goals": Row(get=to(EVERYBODY), post=to(EDITORS, 302), make=an_assessment),
    "goals:assessment_agree": Row(get=to(EVERYBODY), post=to(EDITORS, 302), make=an_assessment),
    "goals:assessment_summary": Row(get=to(EVERYBODY), make=a_finished_assessment),
    "goals:wish_remove": Row(post=to(EVERYBODY, 302), make=a_wish_of_ones_own),
    "goals:add": Row(get=to(EDITORS), post=to(EDITORS, 422), make=a_year_for_goals),
    "goals:detail": Row(get=to(EVERYBODY), make=a_counted_goal),
    "goals:edit": Row(get=to(EDITORS), post=to(EDITORS, 422), make=a_draft),
    "goals:target": Row(get=to(RUNNERS), post=to(RUNNERS, 422), make=a_goal_that_runs),
    "goals:reading": Row(get=to(EDITORS), post=to(EDITORS, 422), make=a_goal_that_runs),
    "goals:agree": Row(post=to(DIRECTORS, 302), make=a_late_draft),
    "goals:hold": Row(post=to(RUNNERS, 302), make=a_goal_that_runs),
    "goals:resume": Row(post=to(RUNNERS, 302), make=a_goal_on_hold),
    "goals:close": Row(get=to(RUNNERS), post=to(RUNNERS, 422), make=a_goal_that_runs),
    "goals:drop": Row(get=to(RUNNERS), post=to(RUNNERS, 422), make=a_goal_that_runs),
    "goals:programmes": Row(get=to(EVERYBODY)),
    "goals:programme_add": Row(get=to(EDITORS), post=to(EDITORS, 422)),
    "goals:programme": Row(get=to(EVERYBODY), make=a_programme),
    "goals:programme_edit": Row(get=to(EDITORS), post=to(EDITORS, 422), make=a_programme),
}
