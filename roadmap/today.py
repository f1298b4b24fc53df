"""What Today puts together from what the stages contribute."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import School, User
from roadmap import registry
from roadmap.figures import Shown, current
from roadmap.metrics import all_metrics
from roadmap.slots import FirstUse, TodayItem, TodaySection, TodaySource, Whose, Words

WAITING_SHOWN = 8
TILES = 4
NOON, EVENING = 12, 18


@dataclass(frozen=True)
class Card:
    """A section that has something to show."""

    template: str
    context: dict[str, Any]


@dataclass(frozen=True)
class Today:
    greeting: Words
    summary: list[Words]
    tiles: list[Shown]
    first_use: Card | None
    top: list[Card]
    main: list[Card]
    aside: list[Card]
    waiting: list[TodayItem]


def today_for(user: User, school: School, whose: Whose, now: dt.datetime) -> Today:
    """Gather Today; what each stage adds costs a constant number of queries."""
    first_use = _first_use(user, school)
    cards = [] if first_use else _cards(user, school, whose)
    top = [card for column, card in cards if column == "top"]
    return Today(
        greeting=greeting(user, now.astimezone(school.zone).hour),
        summary=[phrase for _column, card in cards for phrase in card.context.get("summary", [])],
        tiles=[] if first_use or top else tiles(),
        first_use=first_use,
        top=top,
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


def tiles() -> list[Shown]:
    """Return the most prominent figures, at most four; none before the first of them can be worked out."""
    prominent = all_metrics()[:TILES]
    shown = current(metric.key for metric in prominent)
    has_any = any(figure.figure.value is not None for figure in shown.values())
    return [shown[metric.key] for metric in prominent] if has_any else []


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
