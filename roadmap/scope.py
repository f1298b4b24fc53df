"""What a figure is about: one programme, one sector or one region instead of everything, and which time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import parse_qsl, urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True)
class Narrowing:
    """A kind of narrowing, declared by the app that owns its values; `key` is its name in a scope.

    `choices` returns (value, label) pairs; `name(value)` returns what the value is called, empty where it is gone.
    `gone` says so in a sentence.
    """

    key: str
    label: Words
    choices: Callable[[], list[tuple[str, Words]]]
    name: Callable[[str], Words]
    gone: Words


@dataclass(frozen=True)
class Scope:
    """Which part of the school a figure is about, as (key of a narrowing, value) in the order of the keys.

    Empty it is everything. Written as `programme=3&sector=C`, which is how readings and measures keep it.
    """

    parts: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, values: Mapping[str, object]) -> Scope:
        """Return the scope of these values by key; empty ones narrow nothing."""
        return cls(tuple(sorted((key, str(value)) for key, value in values.items() if value not in {None, ""})))

    @classmethod
    def read(cls, written: str) -> Scope:
        return cls.of(dict(parse_qsl(written)))

    def __str__(self) -> str:
        return urlencode(self.parts)

    def __bool__(self) -> bool:
        return bool(self.parts)


EVERYTHING = Scope()


@dataclass(frozen=True)
class WatchedFigures:
    """Figures within a scope that somebody follows, as (key of a metric, scope): they are read like all others.

    One query over bounded rows.
    """

    key: str
    pairs: Callable[[], Iterable[tuple[str, Scope]]]


class Timespan(StrEnum):
    """The time that a figure looks at."""

    NOW = "now"
    SCHOOL_YEAR = "school_year"
    YEAR = "year"
    QUARTER = "quarter"
    EVER = "ever"

    @property
    def label(self) -> Words:
        return TIMESPANS[self]


TIMESPANS: dict[Timespan, Words] = {
    Timespan.NOW: _("As things are now"),
    Timespan.SCHOOL_YEAR: _("The running school year"),
    Timespan.YEAR: _("The last 365 days"),
    Timespan.QUARTER: _("The last 90 days"),
    Timespan.EVER: _("Since the beginning"),
}
