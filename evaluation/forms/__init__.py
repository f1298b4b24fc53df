"""What colleagues fill in to ask, to find and to change, and what the people asked fill in."""

from evaluation.forms.answering import CANNOT_SAY, AnswerForm, StudentAnswerForm, field_name
from evaluation.forms.asking import (
    AudienceForm,
    BaseQuestionFormSet,
    QuestionForm,
    QuestionFormSet,
    QuestionnaireForm,
    ReopenForm,
    StudentAudienceForm,
    WaveForm,
)
from evaluation.forms.learning import ChangeForm, DeclineForm, FindingForm, StepForm

__all__ = [
    "CANNOT_SAY",
    "AnswerForm",
    "AudienceForm",
    "BaseQuestionFormSet",
    "ChangeForm",
    "DeclineForm",
    "FindingForm",
    "QuestionForm",
    "QuestionFormSet",
    "QuestionnaireForm",
    "ReopenForm",
    "StepForm",
    "StudentAnswerForm",
    "StudentAudienceForm",
    "WaveForm",
    "field_name",
]
