"""The demo school's programmes, last year's goals and this year's, with what their figures were."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.contrib.auth.hashers import make_password

from accounts.demo import DOMAIN
from accounts.enums import Role
from accounts.models import User
from accounts.services import current_school
from goals.demo_assessment import load_assessment
from goals.demo_data import GOALS, HEADS, HISTORY, LAST_GOALS, LEAVERS, PROGRAMMES, DemoGoal
from goals.enums import CycleStatus, GoalStatus, MeasureSource
from goals.models import Goal, ManualReading, Measure, PlanningCycle, Programme, TargetChange
from roadmap.models import MetricReading

# The year begins this many days before the anchor day and ends this many after: 1 September to 31 July for 12 March.
BEGAN, ENDS = 192, 141
YEAR = 365
DIRECTOR = "h.voss"


def load(day: dt.date) -> None:
    if PlanningCycle.objects.exists() or Programme.objects.exists():
        return
    people = _people(day)
    _write_programmes(people)
    begin, end = day - dt.timedelta(days=BEGAN), day + dt.timedelta(days=ENDS)
    year = dt.timedelta(days=YEAR)
    before = _cycle(begin - year, end - year, people, CycleStatus.CLOSED)
    for goal in LAST_GOALS:
        _write(goal, before, people)
    running = _cycle(begin, end, people, CycleStatus.RUNNING)
    load_assessment(running, people, begun=_moment(begin - dt.timedelta(days=20)))
    written = [_write(goal, running, people) for goal in GOALS]
    _change_target(written[0], day, people.get("m.keller"))
    _note_leavers(written[2], day, people.get("a.noor"))
    MetricReading.objects.bulk_create(_history(begin, day), ignore_conflicts=True)


def _people(day: dt.date) -> dict[str, User]:
    """Return the colleagues by the first part of their address; those who teach are added."""
    joined = dt.datetime.combine(day - dt.timedelta(days=500), dt.time(8), dt.UTC)
    User.objects.bulk_create(
        [
            User(
                email=f"{address}@{DOMAIN}",
                name=name,
                role=Role.VIEWER,
                job_title=title,
                password=make_password(None),
                date_joined=joined,
            )
            for address, name, title in HEADS
        ],
        ignore_conflicts=True,
    )
    return {user.email.partition("@")[0]: user for user in User.objects.filter(email__endswith=f"@{DOMAIN}")}


def _write_programmes(people: dict[str, User]) -> None:
    Programme.objects.bulk_create(
        Programme(
            code=code,
            title=title,
            isced_f=field,
            eqf=level,
            workplace_hours=hours,
            places_needed=places,
            head=people.get(head),
        )
        for code, title, field, level, hours, places, head in PROGRAMMES
    )


def _cycle(begin: dt.date, end: dt.date, people: dict[str, User], status: CycleStatus) -> PlanningCycle:
    return PlanningCycle.objects.create(
        name=f"{begin.year}/{end.year % 100:02}" if begin.year != end.year else str(begin.year),
        starts_on=begin,
        ends_on=end,
        status=status,
        agreed_on=begin + dt.timedelta(days=3),
        agreed_by=people.get(DIRECTOR),
        created_by=people.get("m.keller"),
        created_at=_moment(begin - dt.timedelta(days=14)),
    )


def _write(told: DemoGoal, cycle: PlanningCycle, people: dict[str, User]) -> Measure:
    closed_on = cycle.ends_on - dt.timedelta(days=20) if told.outcome else None
    goal = Goal.objects.create(
        cycle=cycle,
        title=told.title,
        why=told.why,
        category=told.category,
        owner=people.get(told.owner),
        priority=told.priority,
        starts_on=cycle.starts_on,
        due_on=cycle.ends_on,
        status=told.outcome or GoalStatus.ACTIVE,
        agreed_on=cycle.agreed_on,
        agreed_by=cycle.agreed_by,
        closed_on=closed_on,
        close_note=told.close_note,
        created_at=_moment(cycle.starts_on - dt.timedelta(days=12)),
    )
    return Measure.objects.create(
        goal=goal,
        label=told.label,
        source=MeasureSource.LIVE if told.metric else MeasureSource.MANUAL,
        metric_key=told.metric,
        unit=told.unit,
        baseline=told.baseline,
        baseline_on=goal.starts_on,
        target=told.target,
        target_on=goal.due_on,
        final_value=told.final,
        final_on=closed_on,
    )


def _change_target(measure: Measure, day: dt.date, by: User | None) -> None:
    TargetChange.objects.create(
        measure=measure,
        at=_moment(day - dt.timedelta(days=111)),
        by=by,
        was=measure.target - 10,
        became=measure.target,
        was_due_on=measure.target_on,
        became_due_on=measure.target_on,
        reason="A second Health & Social Care class started. Agreed with Helena Voss.",
    )


def _note_leavers(measure: Measure, day: dt.date, by: User | None) -> None:
    ManualReading.objects.bulk_create(
        ManualReading(
            measure=measure,
            on=day - dt.timedelta(days=days),
            value=value,
            n=asked,
            note=f"{in_work} of {asked} leavers",
            noted_at=_moment(day - dt.timedelta(days=days)),
            noted_by=by,
        )
        for days, value, in_work, asked in LEAVERS
    )


def _moment(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(10), tzinfo=current_school().zone)


def _history(begin: dt.date, day: dt.date) -> Iterator[MetricReading]:
    """Yield a reading a day of the figures that the goals follow, up to the day before the anchor day."""
    for metric, turns, fixed_n in HISTORY:
        step = Decimal("0.1") if fixed_n else Decimal(1)
        for days in range((day - begin).days):
            value = _between(turns, days).quantize(step, "ROUND_DOWN")
            on = begin + dt.timedelta(days=days)
            yield MetricReading(metric=metric, on=on, at=_moment(on), value=value, n=fixed_n or int(value))


def _between(turns: Sequence[tuple[int, str]], days: int) -> Decimal:
    """Return the figure of a day between two turns of its line."""
    at = bisect_right(turns, days, key=lambda turn: turn[0])
    (first, low), (last, high) = turns[at - 1], turns[min(at, len(turns) - 1)]
    if first == last:
        return Decimal(low)
    return Decimal(low) + (Decimal(high) - Decimal(low)) * (days - first) / (last - first)
