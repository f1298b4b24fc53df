"""What Today puts together from what the stages contribute."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import School, User
from roadmap import registry
from roadmap.metrics import all_metrics
from roadmap.models import MetricReading
from roadmap.slots import FirstUse, Metric, TodayItem, TodaySection, TodaySource, Whose, Words

WAITING_SHOWN = 8
TILES = 4
NOON, EVENING = 12, 18


@dataclass(frozen=True)
class Tile:
    """A figure on Today, from its last reading."""

    metric: Metric
    reading: MetricReading


@dataclass(frozen=True)
class Card:
    """A section that has something to show."""

    template: str
    context: dict[str, Any]


@dataclass(frozen=True)
class Today:
    greeting: Words
    summary: list[Words]
    tiles: list[Tile]
    first_use: Card | None
    main: list[Card]
    aside: list[Card]
    waiting: list[TodayItem]


def today_for(user: User, school: School, whose: Whose, now: dt.datetime) -> Today:
    """Gather Today; what each stage adds costs a constant number of queries."""
    first_use = _first_use(user, school)
    cards = [] if first_use else _cards(user, school, whose)
    return Today(
        greeting=greeting(user, now.astimezone(school.zone).hour),
        summary=[phrase for _column, card in cards for phrase in card.context.get("summary", [])],
        tiles=tiles(),
        first_use=first_use,
        main=[card for column, card in cards if column == "main"],
        aside=[card for column, card in cards if column == "aside"],
        waiting=waiting_for(user, school),
    )


def due_count(user: User) -> int:
    """Return the number beside Today: what the sections count together."""
    return sum(section.count(user) for section in registry.of(TodaySection) if section.count)


def greeting(user: User, hour: int) -> str:
    name = {"name": user.get_short_name()}
    if hour < NOON:
        return _("Good morning, %(name)s") % name
    return (_("Good afternoon, %(name)s") if hour < EVENING else _("Good evening, %(name)s")) % name


def tiles() -> list[Tile]:
    """Return the most prominent figures that have a reading, in one query."""
    metrics = all_metrics()
    readings = {reading.metric: reading for reading in MetricReading.objects.latest_of(m.key for m in metrics)}
    return [Tile(metric, readings[metric.key]) for metric in metrics if metric.key in readings][:TILES]


def waiting_for(user: User, school: School) -> list[TodayItem]:
    """Return what waits for this person, newest first."""
    found = [item for source in registry.of(TodaySource) for item in source.items(user, school, WAITING_SHOWN)]
    return sorted(found, key=lambda item: item.at, reverse=True)[:WAITING_SHOWN]


def _first_use(user: User, school: School) -> Card | None:
    for start in registry.of(FirstUse):
        if start.needed():
            return Card(start.template, start.context(user, school))
    return None


def _cards(user: User, school: School, whose: Whose) -> list[tuple[str, Card]]:
    made = []
    for section in sorted(registry.of(TodaySection), key=lambda section: section.order):
        context = section.context(user, school, whose)
        if context is not None:
            made.append((section.column, Card(section.template, context)))
    return made
