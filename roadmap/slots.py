"""The places that a stage may fill. Each is a frozen dataclass; `stage.py` of an app lists its own."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from accounts.models import School, User

Words = str | Promise


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
    `letter` is the key that leads here after G.
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


@dataclass(frozen=True)
class Stage:
    """One of the eight stages of the roadmap and its pages."""

    number: int
    title: Words
    question: Words
    icon: str
    pages: tuple[Page, ...] = ()


@dataclass(frozen=True)
class Figure:
    """A metric's value at one moment.

    `value` is None where nothing can be said (an empty denominator); `reason` then says why. `n` is how many records
    or answers stand behind it.
    """

    value: Decimal | None
    n: int
    reason: Words = ""


@dataclass(frozen=True)
class Metric:
    """A figure of the product: one function, used everywhere.

    `records` returns exactly the rows counted; `compute` makes the figure from them and may raise
    MetricUnavailableError. `unit` is `count`, `percent`, `score`, `days` or `money`; a score is of `out_of`.
    `records_url` is the path and query of the list that shows those rows; `counted` says what `n` counts (“answers”).
    The four lowest of `order` stand on Today.
    """

    key: str
    label: Words
    definition: Words
    unit: str
    stage: int
    records: Callable[[], QuerySet[Model]]
    compute: Callable[[QuerySet[Model]], Figure]
    records_url: str = ""
    out_of: Decimal | None = None
    counted: Words = ""
    order: int = 100


class MetricUnavailableError(Exception):
    """A metric cannot be worked out at the moment; its message says why."""


class Whose(StrEnum):
    """Whose work Today shows."""

    MINE = "mine"
    TEAM = "team"


@dataclass(frozen=True)
class TodaySection:
    """A card on Today, in the column `main` or `aside`, by `order`.

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
