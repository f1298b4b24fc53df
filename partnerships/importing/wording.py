"""Words for what an import does: the rows to download, the fields it filled."""

from collections.abc import Iterable, Iterator, Mapping

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.models import User
from partnerships.enums import SizeBand
from partnerships.importing.cleaning import COLUMNS
from partnerships.importing.targets import BY_KEY, TARGETS
from partnerships.models import ImportBatch, ImportRow
from roadmap.slots import Words
from ui.exports import cell

LABELS: dict[str, Words] = {COLUMNS.get(target.key, target.key): target.label for target in TARGETS}
LABELS |= {"contact_job_title": BY_KEY["contact_title"].label}


def export_lines(batch: ImportBatch, rows: Iterable[ImportRow]) -> Iterator[list[object]]:
    """Yield the rows as a file: what happens and why, then what was in the file, all of it as harmless text."""
    yield [cell(text) for text in (_("Row"), _("What happens"), _("Why"), *(c["heading"] for c in batch.columns))]
    for row in rows:
        yield [row.number, cell(row.get_fate_display()), cell(row.reason), *map(cell, row.cells)]


def filled_fields(rows: Iterable[ImportRow]) -> list[dict[str, object]]:
    """Return a line for each field that an import filled: whose, which field and its value in words."""
    rows = list(rows)
    owners = {value for row in rows for name, value in row.changes if name == "owner_id"}
    names = {str(pk): name for pk, name in User.objects.filter(pk__in=owners).values_list("pk", "name")}
    return [_filled(row, name, value, names) for row in rows for name, value in row.changes]


def _filled(row: ImportRow, name: str, value: str, owners: Mapping[str, str]) -> dict[str, object]:
    bands = dict(SizeBand.choices)
    shown = (
        bands.get(value, value) if name == "size_band" else owners.get(value, value) if name == "owner_id" else value
    )
    return {"row": row, "label": LABELS.get(name, _("NACE code")), "value": shown}


def earlier_import(batch: ImportBatch) -> str:
    """Say that this file, or another of its name, was imported before; empty where none was."""
    earlier = ImportBatch.objects.before(batch).first()
    if earlier is None or earlier.finished_at is None:
        return ""
    told = {
        "date": date_format(localtime(earlier.finished_at), "j F Y"),
        "name": earlier.requested_by or _("a colleague"),
    }
    if earlier.sha256 == batch.sha256:
        return _("This very file was imported on %(date)s by %(name)s; what it holds is on file.") % told
    return _("A file of this name was imported on %(date)s by %(name)s. This one differs from it.") % told
