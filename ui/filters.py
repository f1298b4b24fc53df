"""Filters that lists share."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django_filters import BooleanFilter


class TickFilter(BooleanFilter):
    """A tick box that narrows when ticked; empty it says nothing, where a plain BooleanFilter would ask for “no”."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.CheckboxInput)
        super().__init__(*args, **kwargs)

    def filter(self, qs: QuerySet[Any], value: bool | None) -> QuerySet[Any]:  # noqa: FBT001 - django-filter's signature
        return super().filter(qs, value) if value else qs
