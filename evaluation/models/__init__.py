"""Questions, rounds of asking, answers, and what is made of them."""

from evaluation.models.findings import HIGHEST, LOWEST, AdaptationAction, Finding
from evaluation.models.questions import Question, Questionnaire
from evaluation.models.rounds import (
    MOST_IN_A_CLASS,
    Answer,
    ClassLink,
    FeedbackLink,
    Invitation,
    Response,
    ResponseQuerySet,
    StudentInvitation,
    StudentLink,
    Wave,
    WaveQuerySet,
)

__all__ = [
    "HIGHEST",
    "LOWEST",
    "MOST_IN_A_CLASS",
    "AdaptationAction",
    "Answer",
    "ClassLink",
    "FeedbackLink",
    "Finding",
    "Invitation",
    "Question",
    "Questionnaire",
    "Response",
    "ResponseQuerySet",
    "StudentInvitation",
    "StudentLink",
    "Wave",
    "WaveQuerySet",
]
