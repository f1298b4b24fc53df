"""Which column goes where: a guess from its heading and its values, for a person to change."""

import re
from collections import Counter
from collections.abc import Callable
from itertools import islice
from typing import Any

from django.utils.translation import gettext_lazy as _

from partnerships.importing.firms import OFFICE
from partnerships.importing.headings import target_of
from partnerships.importing.table import Table
from partnerships.importing.targets import SHARED
from roadmap.slots import Words

SAMPLE = 200
EXAMPLES = 2
LONGEST_EXAMPLE = 40
MOST = 0.6
LOOKS: dict[str, tuple[Words, Callable[[str], object]]] = {
    "email": (_("E-mail"), re.compile(r"^\S+@\S+\.\w+$").match),
    "web": (
        _("Web address"),
        re.compile(r"^(https?://|www\.)\S+$|^[\w-]+(\.[\w-]+)*\.(com|org|net|eu|info|[a-z]{2})(/\S*)?$").match,
    ),
    "date": (_("Date"), re.compile(r"^\d{4}-\d{2}(-\d{2})?$|^\d{1,2}[./]\d{1,2}[./]\d{2,4}$").match),
    "number": (_("Number"), re.compile(r"^\d{1,6}([.,]\d+)?$").match),
    "phone": (_("Phone"), re.compile(r"^\+?[\d\s()/.-]{6,}$").match),
}
TEXT: Words = _("Text")
EMPTY: Words = _("Empty")
BY_LOOK = {"email": "contact_email", "web": "website", "phone": "phone"}


def look_of(values: list[str]) -> str:
    """Return what most of these values are: a key of LOOKS, or nothing for text."""
    for key, (_label, fits) in LOOKS.items():
        if values and sum(bool(fits(value.lower())) for value in values) >= MOST * len(values):
            return key
    return ""


def guess(table: Table) -> list[str]:
    """Return a field, or nothing, for each column; no field twice but the notes."""
    samples = [list(islice(table.column(index), SAMPLE)) for index in range(len(table.headings))]
    guessed = [target_of(heading) if samples[index] else "" for index, heading in enumerate(table.headings)]
    guessed = [_fitting(target, samples[index]) for index, target in enumerate(guessed)]
    guessed = _once(guessed)
    for index, values in enumerate(samples):
        by_look = BY_LOOK.get(look_of(values), "")
        if not guessed[index] and by_look and by_look not in guessed:
            guessed[index] = by_look
    if not table.heading_row and "name" not in guessed:
        _name_first_text(guessed, samples)
    return _where_people_are(guessed)


def _fitting(target: str, values: list[str]) -> str:
    """Send addresses such as info@ to the firm rather than to the person."""
    if target == "contact_email" and sum(bool(OFFICE.match(value)) for value in values) > MOST * len(values):
        return "email"
    return target


def _once(guessed: list[str]) -> list[str]:
    seen: Counter[str] = Counter()
    kept = []
    for target in guessed:
        seen[target] += 1
        kept.append(target if seen[target] == 1 or target in SHARED else "")
    return kept


def _name_first_text(guessed: list[str], samples: list[list[str]]) -> None:
    for index, values in enumerate(samples):
        if not guessed[index] and values and not look_of(values):
            guessed[index] = "name"
            return


def _where_people_are(guessed: list[str]) -> list[str]:
    """Where the file names no person, what looked like a person's belongs to the firm."""
    if {"contact_name", "contact_first_name", "contact_last_name"} & set(guessed):
        return guessed
    instead = {"contact_email": "email", "contact_phone": "phone", "contact_title": ""}
    return [instead[target] if target in instead and instead[target] not in guessed else target for target in guessed]


def describe(table: Table) -> list[dict[str, Any]]:
    """Return every column's heading, first values, look and how many values there are, as plain data."""
    return [_column(table, index) for index in range(len(table.headings))]


def _column(table: Table, index: int) -> dict[str, Any]:
    values = list(table.column(index))
    different = list(dict.fromkeys(values[:SAMPLE]))[:EXAMPLES]
    return {
        "heading": table.headings[index],
        "examples": " · ".join(" ".join(value.split())[:LONGEST_EXAMPLE] for value in different),
        "look": look_of(values[:SAMPLE]) if values else "empty",
        "filled": len(values),
    }


def look_in_words(look: str) -> Words:
    return EMPTY if look == "empty" else LOOKS[look][0] if look in LOOKS else TEXT
