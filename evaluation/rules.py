"""Who may see and do what with feedback: named answers are for those who act on them."""

from collections.abc import Callable

from accounts.models import School
from accounts.rules import AnyUser, can_approve, can_edit
from evaluation.enums import ActionStatus, WaveStatus
from evaluation.models import Questionnaire, Wave


def can_see_names(user: AnyUser) -> bool:
    """Answers are confidential: coordinators see who said what, everybody else sees figures of groups."""
    return can_edit(user)


def can_change_questions(user: AnyUser, questionnaire: Questionnaire) -> bool:
    return can_edit(user) and questionnaire.frozen_at is None


def can_choose_people(user: AnyUser, wave: Wave) -> bool:
    return can_edit(user) and wave.status != WaveStatus.CLOSED


def can_decide_finding(user: AnyUser) -> bool:
    """Coordinators sort what was found; the director may, too."""
    return can_edit(user) or can_approve(user)


# The director agrees to changes; everything else is the coordinators' work.
MAY_MOVE: dict[str, Callable[[AnyUser], bool]] = {
    ActionStatus.APPROVED: can_approve,
    ActionStatus.DECLINED: can_approve,
}


def may_move_change(user: AnyUser, *, to: str) -> bool:
    return MAY_MOVE.get(to, can_edit)(user)


def can_see_safety(user: AnyUser, school: School) -> bool:
    """What students say about their safety is for the safeguarding lead alone."""
    return user.is_authenticated and user.pk == school.safeguarding_lead_id
