"""How the demo school found the goals of its year."""

import datetime as dt
from collections.abc import Mapping

from accounts.models import User
from goals.enums import AssessmentStep, Category, ItemKind
from goals.models import Assessment, AssessmentItem, PlanningCycle

DAYS_BEFORE = 6
WISHES = {ItemKind.WISH, ItemKind.STRATEGY, ItemKind.INSPECTION}
# Kind, words, detail, figure, category, whose.
ITEMS = [
    (ItemKind.STRENGTH, "Practice ward with twelve beds", "Facility · set up in 2023", "", "", "g.lindholm"),
    (ItemKind.STRENGTH, "CNC hall with the machines firms use", "Equipment", "", "", "p.horak"),
    (ItemKind.FIGURE, "Student places confirmed", "97 at the end of the year before", "97", "", "m.keller"),
    (ItemKind.FIGURE, "Agreements in force", "11 at the end of the year before", "11", "", "m.keller"),
    (
        ItemKind.NEED,
        "Recruitment",
        "9 firms, 3 say now: “Care staff, also nights”",
        "31",
        Category.WORKFORCE_SOLUTIONS,
        "m.keller",
    ),
    (ItemKind.FINDING, "A safety briefing before day one", "Accepted", "", Category.STUDENT_LEARNING, "a.noor"),
    (ItemKind.WISH, "Two days in a firm for each teacher", "", "", Category.STAFF_DEVELOPMENT, "t.farrow"),
    (ItemKind.WISH, "Ask leavers once more after half a year", "", "", Category.STUDENT_LEARNING, "a.noor"),
    (ItemKind.STRATEGY, "Care and electrical trades come first until 2028", "", "", Category.JOB_PLACEMENT, "h.voss"),
    (
        ItemKind.INSPECTION,
        "Agreements with firms are to be kept in writing",
        "",
        "",
        Category.WORKFORCE_SOLUTIONS,
        "h.voss",
    ),
]


def load_assessment(cycle: PlanningCycle, people: Mapping[str, User], begun: dt.datetime) -> None:
    """Write down what was looked at before the year; its goals stand in the demo already."""
    finished = begun + dt.timedelta(days=DAYS_BEFORE)
    assessment = Assessment.objects.create(
        cycle=cycle,
        reached=AssessmentStep.AGREE,
        created_at=begun,
        created_by=people.get("m.keller"),
        finished_at=finished,
        finished_by=people.get("m.keller"),
    )
    AssessmentItem.objects.bulk_create(
        AssessmentItem(
            assessment=assessment,
            kind=kind,
            source="" if kind in WISHES else f"{kind}:{title}",
            title=title,
            detail=detail,
            figure=figure,
            category=category,
            by=people.get(whose),
            at=begun,
        )
        for kind, title, detail, figure, category, whose in ITEMS
    )
