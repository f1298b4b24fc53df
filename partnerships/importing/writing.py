"""Writing an import in bulk, inside the caller's transaction."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from typing import TypeVar

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from partnerships.enums import Source, Status
from partnerships.importing.checking import CheckedRow
from partnerships.importing.firms import Firm, Person
from partnerships.models import Contact, ImportBatch, ImportRow, Organisation, StatusChange, TimelineEvent

SLICE = 500
T = TypeVar("T")
Report = Callable[[int, int], None]


@dataclass
class Written:
    """How much an import wrote."""

    organisations: int = 0
    people: int = 0
    filled_organisations: int = 0
    filled_fields: int = 0

    def as_json(self) -> dict[str, int]:
        return asdict(self)


def write_firms(
    rows: Sequence[CheckedRow], *, batch: ImportBatch, by: User, report: Report
) -> tuple[Written, list[int]]:
    """Add what is new and fill what is empty; return how much, and the organisations concerned.

    `report` is told after every slice how many firms are done, of how many.
    """
    firms = list({id(row.firm): row.firm for row in rows if row.firm}.values())
    new = [firm for firm in firms if not firm.pk]
    known = [firm for firm in firms if firm.pk and _brings_anything(firm)]
    written, done, concerned = Written(), 0, len(new) + len(known)
    for part in _slices(new):
        _add(part, batch=batch, by=by)
        written.organisations += len(part)
        written.people += _add_people(part, by=by)
        done += len(part)
        report(done, concerned)
    for part in _slices(known):
        _fill(part, batch=batch, by=by, written=written)
        written.people += _add_people(part, by=by)
        done += len(part)
        report(done, concerned)
    return written, [firm.pk for firm in (*new, *known)]


def replace_rows(batch: ImportBatch, rows: Sequence[CheckedRow]) -> None:
    """Keep what was found out about every row in place of what was kept before."""
    ImportRow.objects.filter(batch=batch).delete()
    for part in _slices(rows):
        ImportRow.objects.bulk_create(
            ImportRow(
                batch=batch,
                number=row.line.number,
                name=row.name[:255],
                cells=row.line.cells,
                fate=row.fate,
                reason=row.reason,
                changes=row.changes,
                organisation_id=(row.firm.pk or None) if row.firm else None,
            )
            for row in part
        )


def _brings_anything(firm: Firm) -> bool:
    return bool(firm.changes or any(person.changes or not person.pk for person in firm.people))


def _slices(items: Sequence[T]) -> Iterator[list[T]]:
    remaining = iter(items)
    while taken := list(islice(remaining, SLICE)):
        yield taken


def _add(firms: list[Firm], *, batch: ImportBatch, by: User) -> None:
    stamp = {"source": Source.IMPORT, "created_by": by, "updated_by": by}
    told = {"source_detail": batch.original_name[:160]}
    made = Organisation.objects.bulk_create(Organisation(**{**told, **firm.values, **stamp}) for firm in firms)
    for firm, organisation in zip(firms, made, strict=True):
        firm.pk = organisation.pk
    StatusChange.objects.bulk_create(
        StatusChange(organisation=organisation, status=Status.PROSPECT, at=organisation.status_since, by=by)
        for organisation in made
    )
    _record(firms, "partnerships.added", _("Added by an import"), batch=batch, by=by)


def _record(firms: list[Firm], kind: str, title: str, *, batch: ImportBatch, by: User) -> None:
    now = timezone.now()
    TimelineEvent.objects.bulk_create(
        TimelineEvent(
            organisation_id=firm.pk,
            kind=kind,
            title=title,
            body=batch.original_name,
            actor=by,
            at=now,
            url_name="partnerships:import_detail",
            object_id=batch.pk,
        )
        for firm in firms
    )


def _add_people(firms: list[Firm], *, by: User) -> int:
    """Add the people whom the file brings; the first one at a firm without people is its main contact."""
    made = Contact.objects.bulk_create(
        Contact(
            **person.values,
            organisation_id=firm.pk,
            is_primary=place == 0,
            created_by=by,
            updated_by=by,
        )
        for firm in firms
        for place, person in enumerate(firm.people)
        if not person.pk
    )
    return len(made)


def _fill(firms: list[Firm], *, batch: ImportBatch, by: User, written: Written) -> None:
    """Write the fields that were empty; each record's version moves on, so that open forms notice."""
    stamp = {"updated_by": by, "updated_at": timezone.now(), "version": F("version") + 1}
    for firm in firms:
        if firm.changes:
            Organisation.objects.filter(pk=firm.pk).update(**firm.changes, **stamp)
        for person in firm.people:
            if person.pk and person.changes:
                Contact.objects.filter(pk=person.pk).update(**person.changes, **stamp)
        written.filled_fields += _fields(firm)
    written.filled_organisations += len(firms)
    _record(firms, "partnerships.imported", _("Filled in from an import"), batch=batch, by=by)


def _fields(firm: Firm) -> int:
    people: list[Person] = [person for person in firm.people if person.pk]
    return len(firm.changes) + sum(len(person.changes) for person in people)
