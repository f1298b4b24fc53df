"""Which programmes a value sheet speaks for."""

from django.db.models import Exists, OuterRef, QuerySet

from goals.models import Programme
from propositions.models import Proposition


def with_sheet(programmes: QuerySet[Programme]) -> QuerySet[Programme]:
    """Narrow to programmes that a value sheet in use speaks for."""
    return programmes.filter(_in_use())


def without_sheet(programmes: QuerySet[Programme]) -> QuerySet[Programme]:
    return programmes.filter(~_in_use())


def _in_use() -> Exists:
    return Exists(Proposition.objects.published().filter(programme=OuterRef("pk")))
