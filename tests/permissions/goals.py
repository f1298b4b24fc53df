"""Goals: coordinators plan, the director agrees, everybody reads."""

from typing import Any

from accounts.enums import Role
from accounts.models import User
from goals.enums import GoalStatus
from tests.goals.factories import (
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


ROWS = {
    "goals:board": Row(get=to(EVERYBODY), make=a_board),
    "goals:cycle_add": Row(get=to(EDITORS), post=to(EDITORS, 422)),
    "goals:cycle_edit": Row(get=to(EDITORS), post=to(EDITORS, 422), make=a_draft_year),
    "goals:cycle_agree": Row(post=to(DIRECTORS, 302), make=a_year_to_agree),
    "goals:cycle_start": Row(post=to(RUNNERS, 302), make=an_agreed_year),
    "goals:cycle_close": Row(post=to(RUNNERS, 302), make=a_running_year),
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
