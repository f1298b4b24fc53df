"""Filters over folded text."""

from typing import Any

from django.db.models import QuerySet
from django_filters import CharFilter

from roadmap.search import matching


class WordsFilter(CharFilter):
    """Keeps the rows whose folded text holds every word, in any order."""

    def __init__(self, *, field_name: str = "search_text", **kwargs: Any) -> None:
        super().__init__(field_name=field_name, **kwargs)

    def filter(self, qs: QuerySet[Any], value: str | None) -> QuerySet[Any]:
        return matching(qs, value, field=self.field_name) if value else qs
