"""Who may see and do what with feedback: named answers are for those who act on them."""

from accounts.rules import AnyUser, can_edit
from evaluation.enums import WaveStatus
from evaluation.models import Questionnaire, Wave


def can_see_names(user: AnyUser) -> bool:
    """Answers are confidential: coordinators see who said what, everybody else sees figures of groups."""
    return can_edit(user)


def can_change_questions(user: AnyUser, questionnaire: Questionnaire) -> bool:
    return can_edit(user) and questionnaire.frozen_at is None


def can_choose_people(user: AnyUser, wave: Wave) -> bool:
    return can_edit(user) and wave.status != WaveStatus.CLOSED
