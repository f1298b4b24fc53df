"""Filters that lists share."""

from typing import Any

from django import forms
from django_filters import Filter


class TickField(forms.BooleanField):
    """A tick box that is either ticked or says nothing."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs | {"required": False})

    def clean(self, value: Any) -> bool | None:
        return super().clean(value) or None


class TickFilter(Filter):
    """Narrows when ticked; empty it says nothing, where a BooleanFilter would ask for “no”."""

    field_class = TickField
