"""Filters that lists share."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django_filters import ChoiceFilter, Filter, FilterSet

Rows = QuerySet[Any]
Narrowing = Callable[[Any], Rows]


class TickField(forms.BooleanField):
    """A tick box that is either ticked or says nothing."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs | {"required": False})

    def clean(self, value: Any) -> bool | None:
        return super().clean(value) or None


class TickFilter(Filter):
    """Narrows when ticked; empty it says nothing, where a BooleanFilter would ask for “no”."""

    field_class = TickField


class AsideFilter(TickFilter):
    """Shows what was put aside alone when ticked, else what was not: the rows that `on_file` holds for."""

    def __init__(self, *, on_file: Q, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.on_file = on_file

    def filter(self, qs: Rows, value: Any) -> Rows:
        return qs.exclude(self.on_file) if value else qs.filter(self.on_file)


class StateFilter(ChoiceFilter):
    """A choice among states and `groups` of them, of which "" is what a list shows while none is chosen.

    A choice that is no group keeps the rows in that state. Belongs to a ListFilterSet.
    """

    def __init__(self, *, groups: Mapping[str, Narrowing], field_name: str = "status", **kwargs: Any) -> None:
        super().__init__(field_name=field_name, **kwargs)
        self.groups = groups

    def filter(self, qs: Rows, value: str | None) -> Rows:
        group = self.groups.get(value or "")
        return group(qs) if group else super().filter(qs, value)


class ListFilterSet(FilterSet):
    """Asks each of its filters, also one left empty or filled in with what makes no sense: a StateFilter answers."""

    def filter_queryset(self, queryset: Rows) -> Rows:
        for name, narrowing in self.filters.items():
            queryset = narrowing.filter(queryset, self.form.cleaned_data.get(name))
        return queryset
