"""The firms that rows are about: those on file and those the file brings, found again by what they have in common."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from partnerships.matching import domain_of, name_key, number_key
from roadmap.search import fold

# Mailboxes of a firm rather than of a person.
OFFICE = re.compile(
    r"^(info|office|mail|contact|kontakt|hello|reception|team|post|zentrale|admin|enquiries)@", re.IGNORECASE
)
REGISTRATION, DOMAIN, PLACE, NAME = range(4)


class AmbiguousFirmError(Exception):
    """A row may be about several firms; the message says so."""


@dataclass
class Person:
    """Somebody at a firm; `pk` is 0 for one whom the file brings."""

    pk: int
    values: dict[str, Any]
    changes: dict[str, Any] = field(default_factory=dict)

    def is_meant_by(self, other: dict[str, Any]) -> bool:
        """Say whether the other has the same name, or the same mailbox of one person's own."""
        mine, theirs = (str(values.get("email", "")).lower() for values in (self.values, other))
        same_mailbox = mine == theirs and bool(mine) and not OFFICE.match(mine)
        return same_mailbox or fold(self.values["name"]) == fold(other["name"])


@dataclass
class Firm:
    """`values` is what is known by now, `changes` what the file adds to a firm on file.

    A firm that the file brings has the `pk` 0 until it is written; `row` is the first about it.
    """

    pk: int
    values: dict[str, Any]
    row: int = 0
    archived: bool = False
    people: list[Person] = field(default_factory=list)
    changes: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return str(self.values["name"])


def keys_of(values: dict[str, Any]) -> tuple[str, str]:
    """Return the registration number and the name of a firm as they are compared."""
    return number_key(str(values.get("registration_number", ""))), name_key(str(values["name"]))


def domains_of(values: dict[str, Any], person: dict[str, Any] | None = None) -> set[str]:
    addresses = (values.get("email", ""), values.get("website", ""), (person or {}).get("email", ""))
    return {domain_of(str(address)) for address in addresses if address} - {""}


def _place(values: dict[str, Any]) -> str:
    return number_key(str(values.get("town", "")))


class Firms:
    """Every firm that a row may be about, by registration number and by name."""

    def __init__(self, known: Iterable[Firm] = ()) -> None:
        self._by_number: dict[str, list[Firm]] = defaultdict(list)
        self._by_name: dict[str, list[Firm]] = defaultdict(list)
        for firm in known:
            self.add(firm)

    def add(self, firm: Firm) -> None:
        number, name = keys_of(firm.values)
        if number:
            self._by_number[number].append(firm)
        self._by_name[name].append(firm)

    def find(self, values: dict[str, Any], person: dict[str, Any]) -> tuple[Firm, str] | None:
        """Return the firm a row is about and why, or None. Raises AmbiguousFirmError."""
        number, name = keys_of(values)
        candidates = {id(firm): firm for firm in (*self._by_number.get(number, ()), *self._by_name.get(name, ()))}
        ranked = [(rank, firm) for firm in candidates.values() if (rank := likeness(firm, values, person)) is not None]
        if not ranked:
            return None
        best = min(rank for rank, _firm in ranked)
        found = [firm for rank, firm in ranked if rank == best]
        if len(found) > 1:
            raise AmbiguousFirmError(
                _("%(count)s partners are called “%(name)s”; a registration number or the town tells them apart")
                % {"count": len(found), "name": values["name"]}
            )
        return found[0], reason_of(best)


def likeness(firm: Firm, values: dict[str, Any], person: dict[str, Any]) -> int | None:
    """Return how a row and a firm are alike, the surest first; None where they are different firms."""
    theirs, mine = keys_of(firm.values), keys_of(values)
    if theirs[0] and mine[0]:
        return REGISTRATION if theirs[0] == mine[0] else None
    if theirs[1] != mine[1]:
        return None
    if domains_of(firm.values, *[someone.values for someone in firm.people][:1]) & domains_of(values, person):
        return DOMAIN
    places = _place(firm.values), _place(values)
    if all(places):
        return PLACE if places[0] == places[1] else None
    return NAME


def reason_of(rank: int) -> str:
    return {
        REGISTRATION: _("same registration number"),
        DOMAIN: _("same name and domain"),
        PLACE: _("same name and town"),
        NAME: _("same name, and one of the two without a town"),
    }[rank]
