"""How many places each programme needs, has and is offered in a school year."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, Sum

from goals.models import Programme
from opportunities.models import Opening, Placement
from opportunities.years import SchoolYear

LOW = 40
MOST_PROGRAMMES = 100


@dataclass(frozen=True)
class Coverage:
    """A programme's places: confirmed ones, free ones that firms offer, and how many are needed."""

    programme: Programme | None
    needed: int
    confirmed: int
    offered: int

    @property
    def share(self) -> int | None:
        """Confirmed of needed in percent, rounded half up; None where none is needed."""
        return (200 * self.confirmed + self.needed) // (2 * self.needed) if self.needed else None

    @property
    def missing(self) -> int:
        """How many places are not confirmed yet."""
        return max(self.needed - self.confirmed, 0)

    @property
    def to_find(self) -> int:
        """How many are missing even if every offered place is filled."""
        return max(self.missing - self.offered, 0)

    @property
    def is_low(self) -> bool:
        return self.share is not None and self.share < LOW

    @property
    def reach(self) -> int:
        """Confirmed and offered together, at most what is needed: the light part of the bar."""
        return min(self.confirmed + self.offered, self.needed)


@dataclass(frozen=True)
class Coverages:
    rows: list[Coverage]
    total: Coverage

    @property
    def worst(self) -> Coverage | None:
        """The programme that misses most places."""
        short = [row for row in self.rows if row.missing]
        return max(short, key=lambda row: row.missing, default=None)


def coverage_of(year: SchoolYear) -> Coverages:
    """Return every active programme's places, worst first; three queries whatever their number."""
    programmes = list(Programme.objects.active().order_by("title", "id")[:MOST_PROGRAMMES])
    secured = Placement.objects.secured().within(year.start, year.end).order_by()
    confirmed = dict(secured.values_list("programme").annotate(n=Count("pk")))
    free = Opening.objects.with_free_places().within(year.start, year.end).order_by()
    offered = dict(free.values_list("programme").annotate(n=Sum(F("places") - F("taken"))))
    rows = [
        Coverage(one, one.places_needed, confirmed.get(one.pk, 0), offered.get(one.pk, 0))
        for one in programmes
        if one.places_needed or one.pk in confirmed or one.pk in offered
    ]
    rows.sort(key=lambda row: -row.missing)
    total = Coverage(
        None,
        sum(row.needed for row in rows),
        sum(row.confirmed for row in rows),
        sum(row.offered for row in rows),
    )
    return Coverages(rows, total)
