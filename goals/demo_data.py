"""The programmes and goals of the demo school, and what their figures were."""

from dataclasses import dataclass
from decimal import Decimal

from goals.enums import Category, GoalStatus, Unit

HEADS = [
    ("g.lindholm", "Greta Lindholm", "Head of Health & Social Care"),
    ("o.reyes", "Omar Reyes", "Head of Electrical Installation"),
    ("p.horak", "Pavel Horak", "Head of Mechatronics and Welding"),
    ("m.kolar", "Mina Kolar", "Head of Hospitality"),
    ("t.farrow", "Tom Farrow", "Head of Logistics"),
    ("i.duarte", "Ines Duarte", "Head of Software Development"),
    ("l.engel", "Lars Engel", "Head of Carpentry & Joinery"),
]
# Code, title, ISCED-F, EQF level, hours in a firm, places needed, head.
PROGRAMMES = [
    ("HSC", "Health & Social Care", "0921", 3, 240, 30, "g.lindholm"),
    ("ELI", "Electrical Installation", "0713", 3, 240, 14, "o.reyes"),
    ("MEC", "Mechatronics", "0714", 4, 320, 20, "p.horak"),
    ("HOS", "Hospitality", "1013", 3, 240, 18, "m.kolar"),
    ("LOG", "Logistics", "1041", 3, 200, 8, "t.farrow"),
    ("SWD", "Software Development", "0613", 4, 320, 10, "i.duarte"),
    ("WEL", "Welding & Fabrication", "0715", 3, 240, 12, "p.horak"),
    ("CAR", "Carpentry & Joinery", "0722", 3, 240, 8, "l.engel"),
]


@dataclass(frozen=True)
class DemoGoal:
    title: str
    why: str
    category: Category
    owner: str
    priority: int
    label: str
    unit: Unit
    baseline: Decimal
    target: Decimal
    metric: str = ""
    outcome: str = ""
    final: Decimal | None = None
    close_note: str = ""


GOALS = [
    DemoGoal(
        title="120 placement places",
        why="Every second-year needs six weeks in a firm",
        category=Category.JOB_PLACEMENT,
        owner="m.keller",
        priority=1,
        label="Placement places confirmed",
        unit=Unit.COUNT,
        baseline=Decimal(0),
        target=Decimal(120),
        metric="places_confirmed",
    ),
    DemoGoal(
        title="20 MOUs in force",
        why="Written agreements outlast the people who made them",
        category=Category.WORKFORCE_SOLUTIONS,
        owner="j.brandt",
        priority=1,
        label="Agreements in force",
        unit=Unit.COUNT,
        baseline=Decimal(0),
        target=Decimal(20),
        metric="mou_active",
    ),
    DemoGoal(
        title="75% of leavers in work after 6 months",
        why="The promise on our front door",
        category=Category.STUDENT_LEARNING,
        owner="a.noor",
        priority=2,
        label="Leavers in work after six months",
        unit=Unit.PERCENT,
        baseline=Decimal(68),
        target=Decimal(75),
    ),
    DemoGoal(
        title="Partners rate us 4.3 or better",
        why="Firms that are content come back and bring others",
        category=Category.VISIBILITY,
        owner="m.keller",
        priority=2,
        label="Partner satisfaction",
        unit=Unit.SCORE,
        baseline=Decimal("4.1"),
        target=Decimal("4.3"),
        metric="partner_satisfaction",
    ),
]
LAST_GOALS = [
    DemoGoal(
        title="100 placement places",
        why="A place in a firm for every second-year",
        category=Category.JOB_PLACEMENT,
        owner="m.keller",
        priority=1,
        label="Placement places confirmed",
        unit=Unit.COUNT,
        baseline=Decimal(0),
        target=Decimal(100),
        metric="places_confirmed",
        outcome=GoalStatus.PARTLY_ACHIEVED,
        final=Decimal(97),
        close_note="97 of 100. Two firms closed in spring; the students finished in our own workshop.",
    ),
    DemoGoal(
        title="10 MOUs in force",
        why="The first agreements in writing",
        category=Category.WORKFORCE_SOLUTIONS,
        owner="j.brandt",
        priority=2,
        label="Agreements in force",
        unit=Unit.COUNT,
        baseline=Decimal(0),
        target=Decimal(10),
        metric="mou_active",
        outcome=GoalStatus.ACHIEVED,
        final=Decimal(11),
        close_note="Eleven, one more than agreed.",
    ),
]
# Days before the anchor day, percent in work, how many of them, how many were asked.
LEAVERS = [(1105, 68, 75, 110), (740, 70, 79, 113), (375, 71, 82, 115), (10, 71, 84, 118)]
# Where a figure's line turns, in days since the year began; figures that are a mean name how many firms answered.
HISTORY = [
    (
        "places_confirmed",
        ((0, "0"), (30, "6"), (61, "14"), (91, "23"), (122, "28"), (153, "40"), (181, "54"), (192, "61")),
        0,
    ),
    ("mou_active", ((0, "0"), (30, "3"), (61, "6"), (91, "9"), (122, "11"), (153, "12"), (181, "13"), (192, "14")), 0),
    ("partner_satisfaction", ((0, "4.1"), (60, "4.2"), (105, "4.3"), (150, "4.3"), (192, "4.45")), 19),
]
