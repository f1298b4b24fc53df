"""A questionnaire as the pages of a public form."""

from dataclasses import dataclass

from evaluation.enums import QuestionKind
from evaluation.models import Question


@dataclass(frozen=True)
class Step:
    """A page of the form: its questions, and where it stands among the others."""

    number: int
    total: int
    questions: list[Question]

    @property
    def is_last(self) -> bool:
        return self.number == self.total

    @property
    def is_words(self) -> bool:
        return self.questions[0].kind == QuestionKind.TEXT

    @property
    def places(self) -> list[bool]:
        """One entry a step: whether it has been reached."""
        return [place <= self.number for place in range(1, self.total + 1)]


def steps_of(questions: list[Question]) -> list[Step]:
    """Ratings first, then words; a step without questions does not exist."""
    ratings = [question for question in questions if question.kind != QuestionKind.TEXT]
    words = [question for question in questions if question.kind == QuestionKind.TEXT]
    parts = [part for part in (ratings, words) if part]
    return [Step(number, len(parts), part) for number, part in enumerate(parts, 1)]
