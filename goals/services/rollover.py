"""What a new year takes over from the one before: goals not reached yet, from where their figures stand."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from accounts.services import current_school
from goals.enums import Direction, Unit
from goals.models import Goal, Measure, PlanningCycle
from goals.readings import Latest, latest_of
from goals.rules import can_take_over
from goals.services.cycles import CycleNotDraftError
from goals.services.measures import lies_ahead
from roadmap import registry
from roadmap.slots import Metric

COPIED = ("title", "why", "category", "owner_id", "priority")
MEASURED = ("order", "label", "source", "metric_key", "unit", "tolerance")
WHOLE = Decimal(100)


@transaction.atomic
def take_over_goals(*, cycle: PlanningCycle, goals: Collection[Goal], by: User) -> list[Goal]:
    """Write the goals down as drafts of a year, each starting from its last figure; return those that are new.

    Those taken over before, reached, dropped or of this very year are left alone. Raises CycleNotDraftError.
    """
    cycle = PlanningCycle.objects.select_for_update(of=("self",)).get(pk=cycle.pk)
    if not cycle.is_draft:
        raise CycleNotDraftError
    if not can_take_over(by, cycle):
        raise PermissionDenied
    chosen = Goal.objects.unreached().filter(pk__in=[goal.pk for goal in goals], cycle__starts_on__lt=cycle.starts_on)
    fresh = chosen.exclude(continued_by__cycle=cycle).prefetch_related("measures", "programmes").in_order()
    old = list(fresh)
    latest = latest_of([measure for goal in old for measure in goal.measures.all()], current_school().zone)
    return [_copy(goal, cycle, latest, by) for goal in old]


def _copy(goal: Goal, cycle: PlanningCycle, latest: dict[int, Latest], by: User) -> Goal:
    copied = Goal.objects.create(
        cycle=cycle,
        continues=goal,
        starts_on=cycle.starts_on,
        due_on=cycle.ends_on,
        created_by=by,
        updated_by=by,
        **{name: getattr(goal, name) for name in COPIED},
    )
    copied.programmes.set(goal.programmes.all())
    Measure.objects.bulk_create(_measure(measure, copied, latest[measure.pk]) for measure in goal.measures.all())
    return copied


def _measure(old: Measure, goal: Goal, latest: Latest) -> Measure:
    direction, baseline, target = next_way(old, latest.value, most=most_of(old))
    return Measure(
        goal=goal,
        direction=direction,
        baseline=baseline,
        baseline_on=latest.on or goal.starts_on,
        target=target,
        target_on=goal.due_on,
        **{name: getattr(old, name) for name in MEASURED},
    )


def most_of(measure: Measure) -> Decimal | None:
    """Return the most that a figure can be: such as 100 of a percentage; None where nothing bounds it."""
    if measure.unit == Unit.PERCENT:
        return WHOLE
    return next((metric.out_of for metric in registry.of(Metric) if metric.key == measure.metric_key), None)


def next_way(measure: Measure, value: Decimal | None, *, most: Decimal | None = None) -> tuple[str, Decimal, Decimal]:
    """Return direction, start and target of the year after, in which the last figure is the start.

    A target still ahead is kept; one already passed moves on by as much as there was to go. A level to keep stays
    the same; a figure that can go no further (100%, or none left) is kept where it is.
    """
    if measure.direction == Direction.MAINTAIN or value is None:
        return measure.direction, measure.baseline, measure.target
    if lies_ahead(measure.direction, value, measure.target):
        return measure.direction, value, measure.target
    target = value + measure.target - measure.baseline
    if most is not None:
        target = min(target, most)
    if measure.direction == Direction.DECREASE and value >= 0:
        target = max(target, Decimal(0))
    if not lies_ahead(measure.direction, value, target):
        return Direction.MAINTAIN, value, value
    return measure.direction, value, target
