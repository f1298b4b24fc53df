"""Pilots: coordinators plan, run and decide, directors approve and may call off, everybody reads."""

from typing import Any

from accounts.enums import Role
from accounts.models import User
from pilots.enums import PilotStatus
from tests.permissions import EDITORS, EVERYBODY, Row, to
from tests.pilots.factories import PilotFactory

RESPONSIBLE = (Role.COORDINATOR, Role.DIRECTOR)


def a_plan(_user: User | None) -> dict[str, Any]:
    return {"pk": PilotFactory().pk}


def a_plan_to_schedule(_user: User | None) -> dict[str, Any]:
    return {"pk": PilotFactory().pk, "act": "schedule"}


def one_that_is_over(_user: User | None) -> dict[str, Any]:
    return {"pk": PilotFactory(status=PilotStatus.DELIVERED).pk}


def a_fixed_criterion(_user: User | None) -> dict[str, Any]:
    return {"pk": PilotFactory(status=PilotStatus.RUNNING).criteria.get().pk}


ROWS = {
    "pilots:list": Row(get=to(EVERYBODY)),
    "pilots:add": Row(get=to(EDITORS), post=to(EDITORS)),
    "pilots:detail": Row(get=to(EVERYBODY), make=a_plan),
    "pilots:edit": Row(get=to(EDITORS), post=to(EDITORS, 422), make=a_plan),
    "pilots:results": Row(get=to(EDITORS), post=to(EDITORS, 422), make=one_that_is_over),
    "pilots:decide": Row(get=to(EDITORS), post=to(EDITORS, 422), make=one_that_is_over),
    "pilots:call_off": Row(get=to(RESPONSIBLE), post=to(RESPONSIBLE, 422), make=a_plan),
    "pilots:move": Row(post=to(EDITORS, 302), make=a_plan_to_schedule),
    "pilots:criterion": Row(get=to(EDITORS), post=to(EDITORS, 422), make=a_fixed_criterion),
}
