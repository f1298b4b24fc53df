"""What the tests of the half-hour share: a school whose figures are what they are."""

from decimal import Decimal

from django.urls import reverse

from accounts.models import School
from goals.enums import ItemKind
from goals.models import Assessment, ProposedGoal
from goals.slots import AssessmentEntry, AssessmentInput
from goals.suggesting import PLACES, figures_looked_at, suggested
from roadmap.slots import Figure
from tests.roadmap.factories import people_metric

STEPS = ["strengths", "figures", "asked", "goals", "agree", "summary"]
KEY = "tests.strengths:ward"
WARD = AssessmentEntry("ward", "Practice ward", "Facility")


def strengths_of(*entries: AssessmentEntry) -> AssessmentInput:
    def found(_school: School, _limit: int) -> list[AssessmentEntry]:
        return list(entries)

    return AssessmentInput("tests.strengths", ItemKind.STRENGTH, "Strengths", "Tick some", found, "None yet")


def counted(key: str, value: object, **fields: object) -> object:
    """A figure that is what it is."""
    figure = Figure(None if value is None else Decimal(str(value)), 1 if value else 0)
    return people_metric(key=key, label=key, compute=lambda _rows: figure, **fields)


def on_record() -> list[object]:
    """Return a strength and three figures, for those who contribute nothing else."""
    figures = [counted(PLACES, 61), counted("mou_active", 2), counted("reply_rate", 21, unit="percent")]
    return [strengths_of(WARD), *figures]


def url(step: str, assessment: Assessment) -> str:
    return reverse(f"goals:assessment_{step}", args=[assessment.cycle_id])


def suggestions(assessment: Assessment) -> dict[str, ProposedGoal]:
    return {one.rule: one for one in suggested(assessment.cycle, School.objects.get(), figures_looked_at())}


def wish(**fields: object) -> dict[str, object]:
    return {"act": "wish", "kind": "wish", "text": "Two days in a firm for each teacher", "category": "", **fields}
