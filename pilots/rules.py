"""Who may do what with a pilot."""

from collections.abc import Iterable

from accounts.rules import AnyUser, can_approve, can_edit
from pilots.enums import PilotStatus
from pilots.models import Pilot, SuccessCriterion


def can_plan(user: AnyUser) -> bool:
    """Coordinators plan, run, evaluate and decide."""
    return can_edit(user)


def can_approve_pilot(user: AnyUser) -> bool:
    """The director agrees to the money."""
    return can_approve(user)


def can_call_off(user: AnyUser) -> bool:
    """The director may stop what is planned or running, too."""
    return can_edit(user) or can_approve(user)


def needs_approval(pilot: Pilot) -> bool:
    """Whether the director must agree first: where it costs money."""
    return pilot.status == PilotStatus.PLANNED and pilot.budget_planned > 0


def must_haves_missed(criteria: Iterable[SuccessCriterion]) -> list[SuccessCriterion]:
    return [one for one in criteria if one.must_have and one.is_missed]


def is_complete(pilot: Pilot, *, criteria: int) -> bool:
    """Whether an idea is a plan: it says what is to be found out, and how one will know."""
    return bool(pilot.hypothesis_if and pilot.hypothesis_then and criteria)
