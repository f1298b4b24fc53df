"""What is on file already and may be meant by a row."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from accounts.enums import Role
from accounts.models import User
from partnerships.importing.checking import FIRM_FIELDS, PERSON_FIELDS
from partnerships.importing.cleaning import Colleagues
from partnerships.importing.firms import Firm, Person
from partnerships.importing.table import Table
from partnerships.matching import name_key, number_key
from partnerships.models import Contact, Organisation
from roadmap.search import fold

SLICE = 500
READ_AT_ONCE = 5_000


def known_firms(table: Table, mapping: list[str], *, locked: bool = False) -> list[Firm]:
    """Return the firms on file or in the archive that share a name or a number with a row, with their people.

    Reads three columns of every organisation once, and whole records only of those; `locked` keeps these from others
    until the transaction ends.
    """
    names, numbers = _keys(table, mapping, "name", name_key), _keys(table, mapping, "registration_number", number_key)
    firms = {}
    for ids in _slices(_meant(names, numbers)):
        rows = Organisation.objects.filter(pk__in=ids).order_by("pk")
        rows = rows.select_for_update(of=("self",)) if locked else rows
        for row in rows.values("pk", "name", "archived_at", *FIRM_FIELDS):
            pk, archived_at = row.pop("pk"), row.pop("archived_at")
            firms[pk] = Firm(pk, row, archived=archived_at is not None)
        for person in Contact.objects.here().filter(organisation_id__in=ids).order_by("-is_primary", "pk"):
            values = {name: getattr(person, name) for name in ("name", *PERSON_FIELDS)}
            firms[person.organisation_id].people.append(Person(person.pk, values))
    return list(firms.values())


def _keys(table: Table, mapping: list[str], target: str, key: Callable[[str], str]) -> set[str]:
    if target not in mapping:
        return set()
    return {key(cell) for cell in table.column(mapping.index(target))} - {""}


def _meant(names: set[str], numbers: set[str]) -> Iterator[int]:
    everyone = Organisation.objects.order_by("pk").values_list("pk", "name_folded", "registration_number")
    for pk, name, number in everyone.iterator(chunk_size=READ_AT_ONCE):
        if (number and number_key(number) in numbers) or name_key(name) in names:
            yield pk


def _slices(ids: Iterable[int]) -> Iterator[list[int]]:
    remaining = iter(list(ids))
    while taken := list(islice(remaining, SLICE)):
        yield taken


def colleagues() -> Colleagues:
    """Return the coordinators by folded name and by e-mail; a name that two have stands for neither."""
    found: dict[str, int] = {}
    doubled: set[str] = set()
    for pk, name, email in User.objects.filter(role=Role.COORDINATOR, is_active=True).values_list(
        "pk", "name", "email"
    ):
        for key in {fold(name) or "", fold(email) or ""} - {""}:
            doubled |= {key} & found.keys()
            found[key] = pk
    return {key: pk for key, pk in found.items() if key not in doubled}
