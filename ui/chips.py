"""The filters in force, in words, each with a way to take it off."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.forms import Field
from django.http import QueryDict
from django.utils import dateformat
from django.utils.choices import flatten_choices
from django.utils.translation import gettext as _
from django_filters import FilterSet

PART_SUFFIXES = ("_min", "_max", "_after", "_before", "_0", "_1")


def parts(name: str) -> list[str]:
    """Return the parameters of a filter that takes several, such as the ends of a range."""
    return [f"{name}{suffix}" for suffix in PART_SUFFIXES]


@dataclass(frozen=True)
class Chip:
    label: str
    url: str


def chips_of(filterset: FilterSet, params: QueryDict, *, leave_out: Collection[str]) -> list[Chip]:
    """Return a chip for each value of each filter in force.

    A filter set may word its chips itself: `chip_labels = {"fit_min": _("Fit %(value)s or more")}`.
    """
    cleaned = filterset.form.cleaned_data if filterset.form.is_bound else {}
    return [
        Chip(_words(filterset, name, value, shown), _without(params, name, raw))
        for name, value in cleaned.items()
        if name not in leave_out
        for shown, raw in _values(filterset.form.fields[name], value)
    ]


def _values(field: Field, value: Any) -> Iterator[tuple[str, str | None]]:
    """Yield each value in words, and as the query string has it where it can be taken off alone."""
    if value is None or value is False or value == "":
        return
    if isinstance(value, slice):
        if words := _range(value):
            yield words, None
    elif isinstance(value, str | Model) or not isinstance(value, Iterable):
        yield _display(field, value), None
    else:
        for single in value:
            yield _display(field, single), str(single.pk if isinstance(single, Model) else single)


def _range(value: slice) -> str:
    start, stop = _plain(value.start), _plain(value.stop)
    if start and stop:
        return f"{start} – {stop}"
    if start:
        return _("from %(start)s") % {"start": start}
    return _("up to %(stop)s") % {"stop": stop} if stop else ""


def _plain(value: Any) -> str:
    """Write a value that is not chosen from a list; a date filter hands out moments, of which the day is meant."""
    if isinstance(value, dt.date):
        return dateformat.format(value, "j M Y")
    return "" if value is None else str(value)


def _display(field: Field, value: Any) -> str:
    if value is True:
        return _("yes")
    choices = getattr(field, "choices", None)
    if isinstance(value, Model) or choices is None:
        return _plain(value)
    pairs: list[tuple[Any, Any]] = list(flatten_choices([*choices]))
    flat = {str(key): str(label) for key, label in pairs}
    return flat.get(str(value)) or _plain(value)


def _words(filterset: FilterSet, name: str, value: Any, shown: str) -> str:
    own = getattr(filterset, "chip_labels", {}).get(name)
    if own:
        return str(own) % {"value": shown}
    label = filterset.filters[name].label or name
    return str(label) if value is True else f"{label}: {shown}"


def _without(params: QueryDict, name: str, raw: str | None) -> str:
    left = params.copy()
    kept = [value for value in left.getlist(name) if raw is not None and value != raw]
    for parameter in (name, *parts(name)):
        left.pop(parameter, None)
    if kept:
        left.setlist(name, kept)
    return f"?{left.urlencode()}"
