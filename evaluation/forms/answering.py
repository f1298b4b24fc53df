"""What the people asked fill in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evaluation.enums import BOUNDS, QuestionKind
from evaluation.models import Question
from evaluation.results import answer_label

CANNOT_SAY = "na"


class AnswerForm(forms.Form):
    """One step of the form that somebody fills in through an emailed link: a field for each question."""

    cannot_say: Any = _("Can’t say")

    def __init__(self, *args: Any, questions: list[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            self.fields[field_name(question)] = _field(question, self.cannot_say)

    def rows(self) -> list[tuple[Question, forms.BoundField]]:
        return self.rows_of(self.questions)

    def rows_of(self, questions: list[Question]) -> list[tuple[Question, forms.BoundField]]:
        return [(question, self[field_name(question)]) for question in questions]

    def answers(self) -> dict[int, int | str | None]:
        """Return the answers by the questions' ids; None is “can’t say”."""
        return {question.pk: self._answer(question) for question in self.questions}

    def _answer(self, question: Question) -> int | str | None:
        value = self.cleaned_data[field_name(question)]
        if question.kind == QuestionKind.TEXT:
            return value
        return None if value in {"", CANNOT_SAY} else int(value)


class StudentAnswerForm(AnswerForm):
    """All of a student's answers at once; the page shows a part of them and carries the rest along, hidden.

    Every question may be left out.
    """

    cannot_say = _("I would rather not say")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False

    def said(self, question: Question) -> str:
        """Return a valid answer as the person gave it; nothing where it was left out."""
        value = self.cleaned_data[field_name(question)]
        if not value or question.kind == QuestionKind.TEXT:
            return value
        return str(self.cannot_say) if value == CANNOT_SAY else answer_label(question, int(value))

    @property
    def is_blank(self) -> bool:
        return not any(value not in (None, "") for value in self.answers().values())


def field_name(question: Question) -> str:
    return f"q{question.pk}"


def _field(question: Question, cannot_say: Any) -> forms.Field:
    if question.kind == QuestionKind.TEXT:
        return forms.CharField(
            label=question.text,
            required=question.required,
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 4, "class": "form-control"}),
            error_messages={"required": _("Write a few words, or a dash if there is nothing to say.")},
        )
    low, high = BOUNDS[QuestionKind(question.kind)]
    numbers = range(low, high + 1) if question.kind != QuestionKind.YES_NO else (1, 0)
    choices = [(str(number), answer_label(question, number)) for number in numbers]
    return forms.ChoiceField(
        label=question.text,
        required=question.required,
        choices=[*choices, (CANNOT_SAY, cannot_say)],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one answer, or “Can’t say”.")},
    )
