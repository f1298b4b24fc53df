"""What changed from one round to the next, point by point."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opportunities.models import ProposalItem, ProposalVersion
from ui.templatetags.ui import money, number


class Change(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"
    SAME = "same"


@dataclass(frozen=True)
class Point:
    """A point in two rounds: what it said, what it says, and why."""

    line: int
    title: str
    change: Change
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    reason: str = ""


@dataclass(frozen=True)
class Comparison:
    """All points of the newer round, then those that fell away."""

    older: ProposalVersion
    newer: ProposalVersion
    points: list[Point]

    @property
    def moved(self) -> list[Point]:
        return [point for point in self.points if point.change != Change.SAME]

    @property
    def same(self) -> list[Point]:
        return [point for point in self.points if point.change == Change.SAME]

    @property
    def summary(self) -> str:
        """“5 points changed, 1 added, 2 stayed the same”; what there is none of is left out."""
        counts = {change: sum(point.change == change for point in self.points) for change in Change}
        said = [words(counts[change]) for change, words in _COUNTED.items() if counts[change]]
        return ", ".join(said)

    def change_of(self, line: int) -> Change:
        return next((point.change for point in self.points if point.line == line), Change.SAME)


_COUNTED: dict[Change, Callable[[int], str]] = {
    Change.CHANGED: lambda n: ngettext("%(n)d point changed", "%(n)d points changed", n) % {"n": n},
    Change.NEW: lambda n: ngettext("%(n)d added", "%(n)d added", n) % {"n": n},
    Change.GONE: lambda n: ngettext("%(n)d taken out", "%(n)d taken out", n) % {"n": n},
    Change.SAME: lambda n: ngettext("%(n)d stayed the same", "%(n)d stayed the same", n) % {"n": n},
}


def compare(older: ProposalVersion, newer: ProposalVersion, currency: str) -> Comparison:
    """Set two rounds beside each other by line. Uses `items.all()`, so prefetched points cost no query."""
    before = {item.line: item for item in older.items.all()}
    after = {item.line: item for item in newer.items.all()}
    points = [_point(before.get(line), item, currency) for line, item in after.items()]
    points += [
        Point(line, item.description, Change.GONE, said(item, currency), [], item.reason)
        for line, item in before.items()
        if line not in after
    ]
    return Comparison(older, newer, points)


def _point(was: ProposalItem | None, now: ProposalItem, currency: str) -> Point:
    if was is None:
        return Point(now.line, now.description, Change.NEW, [], said(now, currency), now.reason)
    before, after = said(was, currency), said(now, currency)
    if before == after:
        return Point(now.line, now.description, Change.SAME, before, after, now.reason)
    same = set(before) & set(after)
    return Point(
        now.line,
        now.description,
        Change.CHANGED,
        [words for words in before if words not in same],
        [words for words in after if words not in same],
        now.reason,
    )


def said(item: ProposalItem, currency: str) -> list[str]:
    """Return what a point says, a phrase for each of its parts."""
    return [words for words in [item.description, item.detail, *terms_of(item, currency)] if words]


def terms_of(item: ProposalItem, currency: str) -> list[str]:
    """Return a point's figures in words: how many, when, hours and money of each side."""
    return [
        *_how_many(item),
        *_days(item),
        *([_("%(n)s hours by the college") % {"n": hours(item.hours_school)}] if item.hours_school else []),
        *([_("%(n)s hours by the firm") % {"n": hours(item.hours_business)}] if item.hours_business else []),
        *([_("the college gives %(sum)s") % {"sum": money(item.money_school, currency)}] if item.money_school else []),
        *([_("the firm gives %(sum)s") % {"sum": money(item.money_business, currency)}] if item.money_business else []),
    ]


def _how_many(item: ProposalItem) -> list[str]:
    """Return the number, unless the point's own words name it."""
    if not item.quantity or re.search(rf"\b{item.quantity}\b", f"{item.description} {item.detail}"):
        return []
    return [_("how many: %(n)s") % {"n": number(item.quantity)}]


def _days(item: ProposalItem) -> list[str]:
    start = dateformat.format(item.starts_on, "j F Y") if item.starts_on else ""
    end = dateformat.format(item.ends_on, "j F Y") if item.ends_on else ""
    if start and end:
        return [start] if start == end else [_("%(start)s to %(end)s") % {"start": start, "end": end}]
    if start:
        return [_("from %(start)s") % {"start": start}]
    return [_("until %(end)s") % {"end": end}] if end else []


def hours(amount: Decimal) -> str:
    """Return hours without a needless nought behind the point."""
    return number(amount, 0 if amount == amount.to_integral_value() else 1)
