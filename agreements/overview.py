"""What stands above the list: coverage, what each side gives, what ends next."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q

from agreements.models import Agreement
from roadmap.figures import Shown, current
from roadmap.slots import Figure

KEYS = (
    "mou_active",
    "mou_in_progress",
    "agreement_coverage",
    "partners_give",
    "partners_give_money",
    "school_gives",
    "school_gives_money",
)
# How many days until the end: from, to, and how urgent that is.
SPANS = [(0, 30, "bad"), (31, 90, "bad"), (91, 180, "warn")]
MOST_NAMES = 3


@dataclass(frozen=True)
class Ending:
    """How many agreements end within a span of days, and with whom where they are few."""

    days: int
    tone: str
    count: int
    names: str


@dataclass(frozen=True)
class Overview:
    """The figures of all agreements, by the keys of their metrics, and what ends next."""

    figures: dict[str, Shown]
    endings: list[Ending]

    def __getitem__(self, key: str) -> Figure:
        return self.figures[key].figure


def overview(today: dt.date) -> Overview:
    """Return the figures of all agreements: two queries for what ends next beside those of the figures."""
    return Overview(figures=current(KEYS), endings=_endings(today))


def _endings(today: dt.date) -> list[Ending]:
    days = [(today + dt.timedelta(days=start), today + dt.timedelta(days=end)) for start, end, _tone in SPANS]
    soon = Agreement.objects.in_force(today).ending_by(days[-1][1])
    counts = soon.aggregate(**{f"n{at}": Count("pk", filter=Q(ends_on__range=span)) for at, span in enumerate(days)})
    first = list(soon.order_by("ends_on", "pk").values_list("ends_on", "organisation__name")[: len(SPANS) * MOST_NAMES])
    return [
        Ending(
            days=SPANS[at][1],
            tone=SPANS[at][2] if counts[f"n{at}"] else "ok",
            count=counts[f"n{at}"],
            names=_names([name for day, name in first if start <= day <= end], counts[f"n{at}"]),
        )
        for at, (start, end) in enumerate(days)
    ]


def _names(names: list[str], count: int) -> str:
    return ", ".join(names) if count == len(names) <= MOST_NAMES else ""
