"""From a cell to a value: each field's own rules, with a reason in words where a value does not fit."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _

from partnerships.enums import Kind, SizeBand
from partnerships.importing.targets import BY_KEY, PERSON
from partnerships.models import Contact, Organisation
from partnerships.nace import DIVISIONS, SECTIONS
from roadmap.search import fold

Colleagues = Mapping[str, int]
QUOTED = 60
MOST_WHOLE = 32_767  # what the columns hold
BANDS = ((9, SizeBand.MICRO), (49, SizeBand.SMALL), (249, SizeBand.MEDIUM))
COLUMNS = {"size": "size_band", "owner": "owner_id"}
FIELDS = {"contact_title": "job_title", "contact_email": "email", "contact_phone": "phone"}
is_url = URLValidator(schemes=["http", "https"])


class UnfitError(Exception):
    """A value does not fit its field; the message says why."""


@dataclass(frozen=True)
class Values:
    """What a row says, cleaned, only what is filled: fields of the organisation and of the person."""

    organisation: dict[str, Any]
    person: dict[str, Any]
    problems: list[str] = field(default_factory=list)


def clean_row(cells: list[str], mapping: list[str], colleagues: Colleagues) -> Values:
    """Return the values of a row, and every reason why it cannot be taken."""
    values = Values({}, {})
    for cell, target in zip(cells, mapping, strict=False):
        if target and cell:
            _put(values, target, cell, colleagues)
    if any(cells[len(mapping) :]):
        values.problems.append(
            _("The row has %(cells)s values for %(columns)s columns; perhaps quotation marks are missing around one")
            % {"cells": len(cells), "columns": len(mapping)}
        )
    _join_person(values)
    if not values.organisation.get("name") and not values.problems:
        values.problems.append(_("The name is empty"))
    return values


def _put(values: Values, target: str, cell: str, colleagues: Colleagues) -> None:
    known = values.organisation
    if target == "description" and target in known:
        cell = f"{known[target]}\n{cell}"
    try:
        value: Any = _owner(cell, colleagues) if target == "owner" else CLEANERS.get(target, _text)(target, cell)
    except UnfitError as reason:
        values.problems.append(str(reason))
        return
    if BY_KEY[target].belongs_to == PERSON:
        values.person[FIELDS.get(target, target)] = value
    elif target == "nace":
        known["nace_section"], known["nace_division"] = value
    else:
        known[COLUMNS.get(target, target)] = value


def _join_person(values: Values) -> None:
    """Make one name of two; without a name, how to reach somebody is how to reach the firm."""
    person = values.person
    parts = [person.pop(part, "") for part in ("contact_first_name", "contact_last_name")]
    name = person.pop("contact_name", "") or " ".join(filter(None, parts))
    if len(name) > _room(Contact, "name"):
        values.problems.append(_too_long(_("Contact person"), len(name), _room(Contact, "name")))
    elif name:
        how_to_reach = dict(person)
        person.clear()
        person.update({"name": name, **how_to_reach})
    else:
        for key in ("email", "phone"):
            if person.get(key):
                values.organisation.setdefault(key, person[key])
        person.clear()


def _room(model: type[Organisation] | type[Contact], name: str) -> int:
    return getattr(model._meta.get_field(name), "max_length", None) or 0


def _too_long(label: object, length: int, room: int) -> str:
    return _("%(field)s has %(length)s characters; %(room)s fit") % {"field": label, "length": length, "room": room}


def _text(target: str, cell: str) -> str:
    person = BY_KEY[target].belongs_to == PERSON
    name = "name" if target.startswith("contact_") and target not in FIELDS else FIELDS.get(target, target)
    room = _room(Contact if person else Organisation, name)
    if len(cell) > room:
        raise UnfitError(_too_long(BY_KEY[target].label, len(cell), room))
    return cell if target == "description" else " ".join(cell.split())


def _unfit(words: str, target: str, cell: str) -> UnfitError:
    return UnfitError(words % {"field": BY_KEY[target].label, "value": cell[:QUOTED]})


def _email(target: str, cell: str) -> str:
    address = cell.removeprefix("mailto:").strip("<> ")
    try:
        validate_email(address)
    except ValidationError as error:
        raise _unfit(_("%(field)s “%(value)s” is not complete"), target, cell) from error
    return _text(target, address)


def _website(target: str, cell: str) -> str:
    address = cell if "://" in cell else f"https://{cell}"
    try:
        is_url(address)
    except ValidationError as error:
        raise _unfit(_("%(field)s “%(value)s” is not a web address"), target, cell) from error
    return _text(target, address)


def _phone(target: str, cell: str) -> str:
    if not any(sign.isdigit() for sign in cell):
        raise _unfit(_("%(field)s “%(value)s” is not a number"), target, cell)
    return _text(target, cell)


def _whole(target: str, cell: str) -> int:
    found = re.fullmatch(r"(\d{1,3}(?:[.,’' ]\d{3})+|\d+)(?:[.,]\d+)?\s*(?:km)?", cell, re.IGNORECASE)
    number = int(re.sub(r"\D", "", found[1])) if found else -1
    if not 0 <= number <= MOST_WHOLE:
        raise _unfit(_("%(field)s “%(value)s” is not a number"), target, cell)
    return number


def _size(target: str, cell: str) -> str:
    """Read a number of employees, a range of them, or a band by its name."""
    if not cell[:1].isdigit():
        raise _unfit(_("%(field)s “%(value)s” is not a number"), target, cell)
    first = re.fullmatch(r"(\d[\d.,’' ]*)\s*(?:-|–|bis|to|a|\+|und mehr|or more)\s*\d*", cell)
    number = _whole(target, first[1].strip() if first else cell)
    return next((band for most, band in BANDS if number <= most), SizeBand.LARGE)


def _kind(target: str, cell: str) -> str:
    known = {fold(str(label)): value for value, label in Kind.choices} | {value: value for value in Kind.values}
    if fold(cell) not in known:
        kinds = ", ".join(str(label) for label in Kind.labels)
        raise UnfitError(_("Kind “%(value)s” is none of these: %(kinds)s") % {"value": cell[:QUOTED], "kinds": kinds})
    return known[fold(cell)]


def _nace(target: str, cell: str) -> tuple[str, str]:
    """Read “C”, “25”, “C25” or “25.62”; the section follows from the division."""
    found = re.fullmatch(r"([A-V]?)\s*(\d{2})?(?:[.\s]*\d{1,2}){0,2}", cell.strip().upper())
    letter, division = (found[1], found[2] or "") if found else ("", "")
    if division in DIVISIONS and letter in {"", DIVISIONS[division][0]}:
        return DIVISIONS[division][0], division
    if letter in SECTIONS and not division:
        return letter, ""
    raise _unfit(_("%(field)s “%(value)s” is not in NACE 2.1"), target, cell)


def _owner(cell: str, colleagues: Colleagues) -> int:
    pk = colleagues.get(fold(cell) or "")
    if pk is None:
        raise UnfitError(_("No coordinator is called “%(value)s”") % {"value": cell[:QUOTED]})
    return pk


CLEANERS: dict[str, Callable[[str, str], Any]] = {
    "email": _email,
    "contact_email": _email,
    "website": _website,
    "phone": _phone,
    "contact_phone": _phone,
    "distance_km": _whole,
    "capacity": _whole,
    "size": _size,
    "kind": _kind,
    "nace": _nace,
}
