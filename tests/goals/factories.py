"""Programmes, years, goals and figures."""

import datetime as dt
from decimal import Decimal

import factory
from django.utils import timezone

from goals.enums import Category, CycleStatus, Direction, GoalStatus, ItemKind, MeasureSource, Unit
from goals.models import (
    Assessment,
    AssessmentItem,
    Goal,
    ManualReading,
    Measure,
    PlanningCycle,
    Programme,
    ProposedGoal,
)


class ProgrammeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Programme

    code = factory.Sequence(lambda n: f"P{n}")
    title = factory.Sequence(lambda n: f"Programme {n}")
    isced_f = "0713"
    eqf = 3
    workplace_hours = 240
    places_needed = 10


def _day(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


class PlanningCycleFactory(factory.django.DjangoModelFactory):
    """A draft for a year far enough away from any other."""

    class Meta:
        model = PlanningCycle

    class Params:
        agreed = factory.Trait(status=CycleStatus.AGREED, agreed_on=factory.LazyFunction(lambda: _day(-190)))
        running = factory.Trait(
            status=CycleStatus.RUNNING,
            agreed_on=factory.LazyFunction(lambda: _day(-190)),
            starts_on=factory.LazyFunction(lambda: _day(-192)),
            ends_on=factory.LazyFunction(lambda: _day(141)),
        )
        closed = factory.Trait(status=CycleStatus.CLOSED, agreed_on=dt.date(2020, 9, 4))

    name = factory.Sequence(lambda n: f"Year {n}")
    starts_on = factory.Sequence(lambda n: dt.date(2040 + n % 400, 9, 1))
    ends_on = factory.LazyAttribute(lambda cycle: cycle.starts_on + dt.timedelta(days=333))

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        """Make a year; only one can run, so that one is given again."""
        running = PlanningCycle.objects.filter(status=CycleStatus.RUNNING)
        one = running.first() if kwargs.get("status") == CycleStatus.RUNNING else None
        return one or super()._create(model_class, *args, **kwargs)


class GoalFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Goal

    class Params:
        active = factory.Trait(
            cycle=factory.SubFactory(PlanningCycleFactory, running=True),
            status=GoalStatus.ACTIVE,
            agreed_on=factory.LazyFunction(lambda: _day(-190)),
        )

    cycle = factory.SubFactory(PlanningCycleFactory)
    title = factory.Sequence(lambda n: f"Goal {n}")
    category = Category.JOB_PLACEMENT
    starts_on = factory.SelfAttribute("cycle.starts_on")
    due_on = factory.SelfAttribute("cycle.ends_on")


class MeasureFactory(factory.django.DjangoModelFactory):
    """A figure noted by hand, from 0 to 100."""

    class Meta:
        model = Measure

    class Params:
        live = factory.Trait(source=MeasureSource.LIVE, metric_key="people", label="People")

    goal = factory.SubFactory(GoalFactory)
    label = "Leavers in work"
    source = MeasureSource.MANUAL
    unit = Unit.COUNT
    direction = Direction.INCREASE
    baseline = Decimal(0)
    baseline_on = factory.SelfAttribute("goal.starts_on")
    target = Decimal(100)
    target_on = factory.SelfAttribute("goal.due_on")


class ManualReadingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ManualReading

    measure = factory.SubFactory(MeasureFactory)
    on = factory.LazyFunction(timezone.localdate)
    value = Decimal(50)


class AssessmentFactory(factory.django.DjangoModelFactory):
    """The half-hour of a year in draft, at its first step."""

    class Meta:
        model = Assessment

    class Params:
        finished = factory.Trait(finished_at=factory.LazyFunction(timezone.now), reached=5)

    cycle = factory.SubFactory(PlanningCycleFactory)


class AssessmentItemFactory(factory.django.DjangoModelFactory):
    """A strength that was ticked."""

    class Meta:
        model = AssessmentItem

    assessment = factory.SubFactory(AssessmentFactory)
    kind = ItemKind.STRENGTH
    source = factory.Sequence(lambda n: f"tests.strengths:{n}")
    title = factory.Sequence(lambda n: f"Item {n}")


class ProposedGoalFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProposedGoal

    assessment = factory.SubFactory(AssessmentFactory)
    rule = factory.Sequence(lambda n: f"rule_{n}")
    title = factory.Sequence(lambda n: f"Proposed goal {n}")
    category = Category.WORKFORCE_SOLUTIONS
    metric_key = "mou_active"
    baseline = Decimal(2)
    target = Decimal(5)
    due_on = factory.SelfAttribute("assessment.cycle.ends_on")


def a_goal(**fields: object) -> Goal:
    """A goal with its figure."""
    return MeasureFactory(goal=GoalFactory(**fields)).goal


def a_running_goal(**fields: object) -> Goal:
    """A goal of the year that runs, with its figure."""
    running = PlanningCycle.objects.running().first() or PlanningCycleFactory(running=True)
    agreed = {"status": GoalStatus.ACTIVE, "agreed_on": running.agreed_on}
    return a_goal(**{"cycle": running, **agreed, **fields})
