"""What stands above the list: coverage, what each side gives, what ends next."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, Sum

from agreements.enums import ContributionKind, Party
from agreements.metrics import active_partners
from agreements.models import Agreement, Contribution
from agreements.totals import Given
from ui.lists import COUNT_CAP

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
    in_force: int
    on_the_way: int
    covered: int
    partners: int
    school: Given
    organisation: Given
    endings: list[Ending]

    @property
    def share(self) -> int:
        return round(100 * self.covered / self.partners) if self.partners else 0


def overview(today: dt.date) -> Overview:
    """Return the figures of all agreements; five queries whatever their number."""
    current = Agreement.objects.in_force(today)
    partners = active_partners().aggregate(all=Count("pk"), covered=Count("pk", filter=Q(is_covered=True)))
    school, organisation = _given(today)
    return Overview(
        in_force=current.count(),
        on_the_way=Agreement.objects.on_the_way()[:COUNT_CAP].count(),
        covered=partners["covered"],
        partners=partners["all"],
        school=school,
        organisation=organisation,
        endings=_endings(today),
    )


def _given(today: dt.date) -> tuple[Given, Given]:
    rows = Contribution.objects.filter(agreement__in=Agreement.objects.in_force(today)).values("party", "kind")
    sums = {(row["party"], row["kind"]): row["total"] for row in rows.annotate(total=Sum("value")).order_by()}

    def of(party: Party) -> Given:
        return Given(
            in_kind=sums.get((party, ContributionKind.IN_KIND), Decimal(0)),
            financial=sums.get((party, ContributionKind.FINANCIAL), Decimal(0)),
        )

    return of(Party.SCHOOL), of(Party.ORGANISATION)


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
