"""The places that a stage may fill. Each is a frozen dataclass; `stage.py` of an app lists its own."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _g

from accounts.models import School, User
from accounts.rules import can_edit
from roadmap.scope import EVERYTHING, Scope, Timespan, Words

TENTH = Decimal("0.1")


class NavGroup(StrEnum):
    """The groups of the sidebar, in their order."""

    TOP = "top"
    PREPARE = "prepare"
    WORK = "work"
    LEARN = "learn"
    BOTTOM = "bottom"


@dataclass(frozen=True)
class Page:
    """An entry of the sidebar. `count(user)` is cached and capped by whoever shows it; None shows no number.

    `counts` says what is counted (“due”, “open”) for those who cannot see the place of the number; `urgent` colours it.
    `letter` is the key that leads here after G; `also` names pages elsewhere that belong to this entry.
    """

    label: Words
    url_name: str
    icon: str
    group: NavGroup
    order: int = 0
    stage: int | None = None
    phone: bool = False
    shown_to: Callable[[User], bool] | None = None
    count: Callable[[User], int] | None = None
    counts: Words = ""
    urgent: bool = False
    letter: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stage:
    """One of the eight stages of the roadmap and its pages.

    `short` names it where there is little room; `help_template` says what it is for and what good looks like.
    """

    number: int
    title: Words
    question: Words
    icon: str
    pages: tuple[Page, ...] = ()
    short: Words = ""
    help_template: str = ""


class MetricUnavailableError(Exception):
    """A metric cannot be worked out at the moment; its message says why."""


@dataclass(frozen=True)
class Figure:
    """A metric's value at one moment.

    `value` is None where nothing can be said (an empty denominator); `reason` then says why. `n` is how many records
    or answers stand behind it.
    """

    value: Decimal | None
    n: int
    reason: Words = ""


def how_many(records: QuerySet[Any]) -> Figure:
    """Count the records; unit: count."""
    n = records.order_by().count()
    return Figure(Decimal(n), n)


def percent(part: int, whole: int, step: Decimal = TENTH) -> Decimal:
    """Return part ÷ whole in percent, half up to a `step`; `whole` is not 0."""
    return (Decimal(100 * part) / whole).quantize(step, ROUND_HALF_UP)


@dataclass(frozen=True)
class Metric:
    """A figure of the product: one function, used everywhere.

    `records` returns exactly the rows counted; `compute` makes the figure from them and may raise
    MetricUnavailableError; without one they are counted. `unit` is `count`, `percent`, `score`, `days`, `hours` or
    `money`; a score is of `out_of`. `records_url` is the path and query of the list that shows those rows; `counted`
    says what `n` counts (“answers”). The four lowest of `order` stand on Today.

    `formula` writes the calculation down (“accepted ÷ decided × 100”), `span` is the time it looks at, `eqavet` the
    indicators (1 to 10) of the European quality framework that it gives evidence for. `narrows` gives, by the key of a
    Narrowing, the field of the rows that it compares; where a scope also decides what the rows are compared with,
    `within` stands in place of `compute`.
    """

    key: str
    label: Words
    definition: Words
    unit: str
    stage: int
    records: Callable[[], QuerySet[Model]]
    compute: Callable[[QuerySet[Model]], Figure] = how_many
    records_url: str = ""
    out_of: Decimal | None = None
    counted: Words = ""
    order: int = 100
    formula: Words = ""
    span: Timespan = Timespan.NOW
    eqavet: tuple[int, ...] = ()
    narrows: Mapping[str, str] = field(default_factory=dict)
    within: Callable[[QuerySet[Model], Scope], Figure] | None = None

    def rows(self, scope: Scope = EVERYTHING) -> QuerySet[Model]:
        """Return exactly the rows counted. Raises MetricUnavailableError where the figure is not known by a scope."""
        unknown = [key for key, _value in scope.parts if key not in self.narrows]
        if unknown:
            raise MetricUnavailableError(_g("This figure is not known by %(key)s.") % {"key": unknown[0]})
        found = self.records()
        for key, value in scope.parts:
            found = found.filter(**{self.narrows[key]: value})
        return found

    def figure(self, scope: Scope = EVERYTHING) -> Figure:
        """Count the figure anew. Raises MetricUnavailableError."""
        rows = self.rows(scope)
        return self.within(rows, scope) if self.within else self.compute(rows)


class StageState(StrEnum):
    """How a stage stands, worst first."""

    HELD_UP = "held_up"
    ATTENTION = "attention"
    NOT_STARTED = "not_started"
    WAITING = "waiting"
    ON_COURSE = "on_course"
    IN_PLACE = "in_place"


@dataclass(frozen=True)
class NextStep:
    """The one best thing to do next in a stage: a sentence, and the button that leads to the page that does it.

    `detail` is a second sentence with the reason, shown where there is room for it; `open_to` says who gets
    the button, which must be nobody whom the page turns away.
    """

    sentence: str
    label: str
    url: str
    detail: str = ""
    open_to: Callable[[User], bool] = can_edit


@dataclass(frozen=True)
class Standing:
    """How a stage stands now: `done` of `total` is its ring, `progress` says it in words (“25 of 34 in touch”).

    `pill` words the state where its usual name says too little (“Waiting for feedback”).
    """

    state: StageState
    done: int
    total: int
    progress: str
    next_step: NextStep
    pill: Words = ""


@dataclass(frozen=True)
class StageFigure:
    """A metric on a stage's card, under a short name."""

    metric: str
    label: Words


@dataclass(frozen=True)
class Tile:
    """A stage's card on the Roadmap.

    `standing` gets the figures named in `figures` and `needs`, by key, and may add a few queries of its own, each
    indexed and bounded. `purpose` says what the stage holds, for as long as it has not started; `rule` says in words
    how its state is decided.
    """

    stage: int
    figures: tuple[StageFigure, ...]
    standing: Callable[[User, School, Mapping[str, Figure]], Standing]
    purpose: Words
    rule: Words
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class GoalStanding:
    """How far a goal is from where it should be by now.

    `behind` is the share of the way that is missing (0.1 = ten points behind pace; below zero is ahead), `stage` the
    stage of the figure that measures it, `detail` says it in words (“9 of 30 places”).
    """

    title: str
    stage: int | None
    behind: Decimal
    detail: str
    url: str


@dataclass(frozen=True)
class Period:
    """The year that goals are set for: its name and its first and last day."""

    title: str
    starts_on: dt.date
    ends_on: dt.date


@dataclass(frozen=True)
class GoalSource:
    """The goals of the running year, furthest behind first; a constant number of queries.

    `period` names that year, or nothing between two; one query at most.
    """

    standings: Callable[[School], list[GoalStanding]]
    period: Callable[[School], Period | None] = field(default=lambda school: None)


@dataclass(frozen=True)
class FollowOn:
    """What may grow out of a record: “Draft an MOU” on a pilot's page. Offered by the higher app.

    `url` leads to the page that does it, with what it needs filled in.
    """

    source: type[Model]
    label: Words
    icon: str
    url: Callable[[Any], str]
    shown_to: Callable[[User, Any], bool]
    order: int = 0


@dataclass(frozen=True)
class PublicPage:
    """A page for everybody, linked from the sign-in page and the foot of every public page."""

    label: Words
    url_name: str
    order: int = 0


class Whose(StrEnum):
    """Whose work Today shows."""

    MINE = "mine"
    TEAM = "team"


@dataclass(frozen=True)
class TodaySection:
    """A card on Today, in the column `main` or `aside`, by `order`; `top` stands in place of the figures.

    `context` returns what the template gets as `card`, or None where there is nothing to show; a constant number of
    queries.
    Its entry `summary`, a list of phrases such as “2 overdue”, is added to the line under the greeting. `count` is what
    it adds to the number beside Today in the sidebar.
    """

    key: str
    template: str
    context: Callable[[User, School, Whose], dict[str, Any] | None]
    order: int = 0
    column: str = "main"
    count: Callable[[User], int] | None = None


@dataclass(frozen=True)
class FirstUse:
    """What Today shows, in place of its cards, while a school has nothing to work with yet; one indexed query."""

    key: str
    needed: Callable[[], bool]
    template: str
    context: Callable[[User, School], dict[str, Any]] = field(default=lambda user, school: {})


@dataclass(frozen=True)
class TodayItem:
    """Something that waits for one person: a line in “Waiting for me” on Today."""

    title: str
    detail: str
    url: str
    icon: str
    stage: int
    at: dt.datetime


@dataclass(frozen=True)
class TodaySource:
    """Lines for “Waiting for me”; at most `limit`, newest first, with a constant number of queries."""

    key: str
    items: Callable[[User, School, int], list[TodayItem]]


@dataclass(frozen=True)
class DueItem:
    """Something that falls due on a day, for the morning reminder and Today."""

    title: str
    url: str
    on: dt.date
    organisation: str = ""
    at: dt.datetime | None = None


@dataclass(frozen=True)
class DueSource:
    """What falls due for a user up to and including a day, oldest first."""

    key: str
    label: Words
    items: Callable[[User, School, dt.date, int], list[DueItem]]


@dataclass(frozen=True)
class SearchHit:
    """A line of the search page; `stage` colours its icon, `chip` names a relationship's status."""

    title: str
    detail: str
    url: str
    icon: str
    stage: int | None = None
    chip: Words = ""


@dataclass(frozen=True)
class SearchSource:
    """A group of search results. `find(user, words, limit)` gets the words of the query and makes one query.

    `all_url(query)` leads to the list that shows all of them.
    """

    key: str
    label: Words
    find: Callable[[User, list[str], int], list[SearchHit]]
    all_url: Callable[[str], str] | None = None


@dataclass(frozen=True)
class DemoData:
    """Fills this app's part of the demo school; `load(day)` gets the anchor day. Run in ladder order."""

    key: str
    load: Callable[[dt.date], None]


@dataclass(frozen=True)
class ScaleData:
    """Fills this app's part of a large, made-up school; `make(organisations)` is deterministic and bulk."""

    key: str
    make: Callable[[int], None]


@dataclass(frozen=True)
class Action:
    """An entry of “Log or add”."""

    label: Words
    url_name: str
    icon: str
    shown_to: Callable[[User], bool] = field(default=lambda user: True)
