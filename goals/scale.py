"""Programmes and goals of a large, made-up school: a year runs, ten are over; deterministic and in bulk."""

import datetime as dt
from decimal import Decimal

from accounts.models import User
from accounts.services import current_school
from goals.enums import Category, CycleStatus, GoalStatus, MeasureSource, Priority
from goals.isced import DETAILED
from goals.models import Goal, Measure, PlanningCycle, Programme
from roadmap.models import MetricReading

FEWEST, MOST = 8, 400
A_PROGRAMME_FOR = 250
YEARS, GOALS_A_YEAR = 10, 7
FIRM_FIGURES = ("places_confirmed", "mou_active", "partner_satisfaction", "mou_expiring_90")


def make(organisations: int) -> None:
    """Add a programme for every 250 organisations, and eleven years of goals, unless there are some already."""
    if Programme.objects.exists() or PlanningCycle.objects.exists():
        return
    people = list(User.objects.order_by("pk").values_list("pk", flat=True)) or [None]
    count = min(max(FEWEST, organisations // A_PROGRAMME_FOR), MOST)
    Programme.objects.bulk_create(_programme(number, people[number % len(people)]) for number in range(count))
    begin = current_school().today() - dt.timedelta(days=200)
    goals = [goal for age in range(YEARS + 1) for goal in _year(begin, age, people)]
    Goal.objects.bulk_create(goals)
    Measure.objects.bulk_create(_measure(goal, number) for number, goal in enumerate(goals))
    MetricReading.objects.bulk_create(
        (_reading(key, begin, days) for key in FIRM_FIGURES for days in range(200)), ignore_conflicts=True
    )


def _programme(number: int, head: int | None) -> Programme:
    codes = list(DETAILED)
    field = codes[number % len(codes)]
    return Programme(
        code=f"P{number + 1:04}",
        title=f"{DETAILED[field]} {number // len(codes) + 1}",
        isced_f=field,
        eqf=2 + number % 4,
        workplace_hours=240,
        places_needed=10 + number % 30,
        head_id=head,
    )


def _year(begin: dt.date, age: int, people: list[int | None]) -> list[Goal]:
    first = begin - dt.timedelta(days=365 * age)
    last = first + dt.timedelta(days=333)
    cycle = PlanningCycle.objects.create(
        name=f"Year {YEARS - age + 1}",
        starts_on=first,
        ends_on=last,
        status=CycleStatus.CLOSED if age else CycleStatus.RUNNING,
        agreed_on=first,
    )
    kinds = list(Category)
    return [
        Goal(
            cycle=cycle,
            title=f"Goal {number + 1} of {cycle.name}",
            why="It is what the college is for",
            category=kinds[number % len(kinds)],
            owner_id=people[number % len(people)],
            priority=Priority.values[number % 3],
            starts_on=first,
            due_on=last,
            status=GoalStatus.ACHIEVED if age else GoalStatus.ACTIVE,
            agreed_on=first,
            closed_on=last if age else None,
        )
        for number in range(GOALS_A_YEAR)
    ]


def _measure(goal: Goal, number: int) -> Measure:
    is_over = goal.closed_on is not None
    return Measure(
        goal=goal,
        label=goal.title,
        source=MeasureSource.LIVE,
        metric_key=FIRM_FIGURES[number % len(FIRM_FIGURES)],
        unit="score" if number % len(FIRM_FIGURES) == FIRM_FIGURES.index("partner_satisfaction") else "count",
        baseline=Decimal(0),
        baseline_on=goal.starts_on,
        target=Decimal(1000 + number),
        target_on=goal.due_on,
        final_value=Decimal(1000) if is_over else None,
        final_on=goal.closed_on,
    )


def _reading(key: str, begin: dt.date, days: int) -> MetricReading:
    on = begin + dt.timedelta(days=days)
    at = dt.datetime.combine(on, dt.time(6), dt.UTC)
    return MetricReading(metric=key, on=on, at=at, value=Decimal(days), n=days)
