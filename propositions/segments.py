"""Which firms a segment holds: a stored filter of the list of partners, read as that list reads it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, QuerySet, Sum
from django.http import QueryDict  # noqa: TID251 - a query string, as saved
from django_filters import FilterSet

from partnerships.enums import NeedKind
from partnerships.filters import ORGANISATIONS, OrganisationFilter
from partnerships.models import Need, Organisation
from propositions.models import Segment
from ui.chips import Chip, chips_of
from ui.lists import COUNT_CAP, filtered

MOST_NEEDS = 5


class SegmentFilter(OrganisationFilter):
    """The filters of the list of partners that say what kind of firm it is, not whose it is or what is due there."""

    owner: Any = None
    next_step: Any = None
    archived: Any = None
    counted: Any = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        FilterSet.__init__(self, *args, **kwargs)


SPEC = replace(ORGANISATIONS, filterset_class=SegmentFilter)


class FilterError(Exception):
    """Some parameters make no sense; `names` are the labels of their filters."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(", ".join(names))
        self.names = names


def checked_query(params: QueryDict) -> str:
    """Return what of these parameters narrows a segment, as a query string in a fixed order. Raises FilterError."""
    kept = QueryDict(mutable=True)
    for name in SegmentFilter.base_filters:
        values = [value for value in params.getlist(name) if value]
        if values:
            kept.setlist(name, values)
    filterset = SegmentFilter(kept, queryset=Organisation.objects.all())
    if filterset.errors:
        raise FilterError([str(filterset.filters[name].label or name) for name in filterset.errors])
    return kept.urlencode()


def organisations_under(query: str) -> QuerySet[Organisation]:
    return filtered(SPEC, Organisation.objects.on_file(), QueryDict(query))


def organisations_of(segment: Segment) -> QuerySet[Organisation]:
    """Return the firms that match today, in the order of the list of partners; archived ones never do."""
    return organisations_under(segment.query)


@dataclass(frozen=True)
class Members:
    """How many firms match; counted up to 10,000."""

    count: int
    is_all: bool

    @property
    def is_none(self) -> bool:
        return self.count == 0

    @property
    def is_capped(self) -> bool:
        return self.count > COUNT_CAP

    @property
    def shown(self) -> int:
        return min(self.count, COUNT_CAP)


def members_under(query: str) -> Members:
    """Count the firms under a query, and say whether that is everybody on file: three bounded queries."""
    found = organisations_under(query).order_by()
    count = found[: COUNT_CAP + 1].count()
    on_file = Organisation.objects.on_file().order_by()
    is_all = count > 0 and count == on_file[: COUNT_CAP + 1].count()
    if is_all and count > COUNT_CAP:
        is_all = not on_file.exclude(pk__in=found.values("pk")).exists()
    return Members(count, is_all)


def counts_of(segments: Iterable[Segment]) -> dict[int, int]:
    """Count the firms of several segments, each up to 10,000, in one query; by the segment's id."""
    counts = {segment.pk: 0 for segment in segments}
    parts: list[str] = []
    params: list[Any] = []
    for segment in segments:
        found = organisations_of(segment).order_by().values("pk")[: COUNT_CAP + 1]
        try:
            sql, values = found.query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append(f"SELECT {segment.pk:d}, COUNT(*) FROM ({sql}) AS found")  # noqa: S608 - SQL made by the ORM
        params += values
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), params)
            counts |= dict(cursor.fetchall())
    return counts


def chips_under(query: str) -> list[Chip]:
    """Say the filter in words, one phrase a filter."""
    params = QueryDict(query)
    filterset = SegmentFilter(params, queryset=Organisation.objects.none())
    filterset.is_valid()  # reads the parameters
    return chips_of(filterset, params, leave_out=set())


@dataclass(frozen=True)
class Wanted:
    """A kind of need among the firms of a segment: how many firms' needs are open, and how many people they want."""

    label: Any
    needs: int
    people: int


def needs_of(segment: Segment) -> list[Wanted]:
    """Return the open needs of a segment's firms by kind, the most people first; one query."""
    found = Need.objects.open().filter(organisation__in=organisations_of(segment).order_by().values("pk"))
    rows = found.order_by().values("kind").annotate(needs=Count("pk"), people=Sum("headcount"))
    wanted = [Wanted(NeedKind(row["kind"]).label, row["needs"], row["people"] or 0) for row in rows]
    return sorted(wanted, key=lambda one: (-one.people, -one.needs))[:MOST_NEEDS]
