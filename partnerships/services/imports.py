"""A file of partners: received, its columns matched, its rows tried, imported as a whole or not at all."""

import datetime as dt
import hashlib
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.rules import can_edit
from jobs.models import Job
from jobs.progress import Progress
from jobs.services import request_job
from partnerships.enums import ImportStatus, Rule
from partnerships.importing.checking import CheckedRow, check, counts_of
from partnerships.importing.firms import Firms
from partnerships.importing.known import colleagues, known_firms
from partnerships.importing.mapping import describe, guess
from partnerships.importing.reading import read_table
from partnerships.importing.table import Table, UnreadableFileError
from partnerships.importing.writing import replace_rows, write_firms
from partnerships.models import ImportBatch, ImportRow
from partnerships.services.facts import refresh_facts
from roadmap.lifecycle import move
from ui.files import fill_stored_file

JOB_KIND = "partnerships.import"
UNFINISHED_KEPT = dt.timedelta(days=7)
ROWS_KEPT = dt.timedelta(days=90)


class UnderWayError(Exception):
    """The import has been started: its columns can no longer be changed."""


class ChangedMeanwhileError(Exception):
    """Some rows would end otherwise than the test run said; the message says how many."""


@transaction.atomic
def receive_file(*, content: bytes, name: str, content_type: str, by: User) -> ImportBatch:
    """Read a file, guess its columns and try its rows. Raises PermissionDenied, UnreadableFileError."""
    if not can_edit(by):
        raise PermissionDenied
    table = read_table(content)
    batch = fill_stored_file(ImportBatch(requested_by=by), content=content, name=name, content_type=content_type)
    batch.mapping = guess(table)
    _take_over(batch, table)
    batch.save()
    _try(batch, table)
    return batch


@transaction.atomic
def match_columns(*, batch: ImportBatch, mapping: list[str], rule: Rule, by: User) -> ImportBatch:
    """Try the rows with the columns as a person matched them.

    Raises PermissionDenied, UnderWayError, UnreadableFileError.
    """
    batch = _opened(batch, by=by)
    batch.mapping, batch.rule = mapping, rule
    _try(batch, table_of(batch))
    return batch


@transaction.atomic
def read_again(*, batch: ImportBatch, encoding: str, by: User) -> ImportBatch:
    """Read the file in another encoding and guess its columns anew. Raises as `match_columns` does."""
    batch = _opened(batch, by=by)
    table = read_table(content_of(batch), encoding)
    batch.mapping = guess(table)
    _take_over(batch, table)
    _try(batch, table)
    return batch


@transaction.atomic
def start_import(*, batch: ImportBatch, by: User) -> Job:
    """Have the import done in the background. Raises PermissionDenied, UnderWayError, TransitionRefusedError."""
    batch = _opened(batch, by=by)
    move(batch, to=ImportStatus.IMPORTING)
    count = batch.concerned
    title = ngettext("Importing %(count)s row", "Importing %(count)s rows", count) % {"count": count}
    batch.job = request_job(kind=JOB_KIND, by=by, params={"batch": batch.pk}, title=title)
    batch.save(update_fields=["status", "job"])
    return batch.job


@transaction.atomic
def run_import(*, pk: int, job: Job, progress: Progress) -> ImportBatch:
    """Write every row in one transaction; running it again after it was done changes nothing.

    Raises ChangedMeanwhileError where partners were added or changed since the test run, and UnreadableFileError.
    """
    # Every import under way is locked, so that two of them never look for the same firm at once.
    under_way = ImportBatch.objects.select_for_update(of=("self",)).filter(status=ImportStatus.IMPORTING).order_by("pk")
    batch = next((batch for batch in under_way if batch.pk == pk and batch.job_id == job.pk), None)
    if batch is None:
        return ImportBatch.objects.get(pk=pk)
    progress(0, note=_("Looking for the partners that are on file"))
    rows = _checked(batch, table_of(batch), locked=True)
    _refuse_what_changed(batch, rows)
    by = job.requested_by
    if by is None:
        raise PermissionDenied
    written, organisations = write_firms(
        rows, batch=batch, by=by, report=lambda done, of: progress(done, of=of, note=_("Adding firms and people"))
    )
    replace_rows(batch, rows)
    refresh_facts(*organisations)
    _finish(batch, written.as_json())
    return batch


@transaction.atomic
def discard_import(*, batch: ImportBatch, by: User) -> None:
    """Forget a file that was not imported. Raises PermissionDenied, UnderWayError."""
    batch = _opened(batch, by=by)
    _delete(batch)


def forget_old_imports(*, now: dt.datetime) -> int:
    """Drop files nobody went on with after a week, and after three months the rows of those that were imported."""
    dropped = 0
    unfinished = ImportBatch.objects.exclude(status=ImportStatus.DONE).filter(stored_at__lt=now - UNFINISHED_KEPT)
    for batch in unfinished.select_related("job"):
        if not batch.is_under_way:
            _delete(batch)
            dropped += 1
    for batch in ImportBatch.objects.done().exclude(file="").filter(stored_at__lt=now - ROWS_KEPT):
        _forget_content(batch)
        dropped += 1
    return dropped


def table_of(batch: ImportBatch) -> Table:
    """Read the stored file once more, as it was read first. Raises UnreadableFileError."""
    return read_table(content_of(batch), batch.encoding)


def content_of(batch: ImportBatch) -> bytes:
    """Return the stored file if it is still the one that was uploaded. Raises UnreadableFileError."""
    try:
        with batch.file.open("rb") as stored:
            content: bytes = stored.read()
    except (FileNotFoundError, ValueError) as error:
        raise UnreadableFileError(_("The uploaded file is no longer stored. Upload it again.")) from error
    if hashlib.sha256(content).hexdigest() != batch.sha256:
        raise UnreadableFileError(_("The stored file is no longer the one that was uploaded. Upload it again."))
    return content


def _opened(batch: ImportBatch, *, by: User) -> ImportBatch:
    """Lock the import for a change; one that broke off is back at its test run."""
    if not can_edit(by):
        raise PermissionDenied
    batch = ImportBatch.objects.select_for_update(of=("self",)).select_related("job").get(pk=batch.pk)
    if batch.is_under_way or batch.status == ImportStatus.DONE:
        raise UnderWayError
    if batch.has_broken_off:
        move(batch, to=ImportStatus.CHECKED)
        batch.job = None
    return batch


def _take_over(batch: ImportBatch, table: Table) -> None:
    batch.columns, batch.row_count, batch.notes = describe(table), len(table.lines), table.notes
    batch.encoding, batch.delimiter = table.encoding, table.delimiter


def _try(batch: ImportBatch, table: Table) -> None:
    """Keep the fate of every row, as far as the columns are matched."""
    to = ImportStatus.CHECKED if "name" in batch.mapping else ImportStatus.MATCHING
    rows = _checked(batch, table) if to == ImportStatus.CHECKED else []
    if batch.status != to or to == ImportStatus.CHECKED:
        move(batch, to=to)
    batch.counts = counts_of(rows)
    batch.save()
    replace_rows(batch, rows)


def _checked(batch: ImportBatch, table: Table, *, locked: bool = False) -> list[CheckedRow]:
    firms = Firms(known_firms(table, batch.mapping, locked=locked))
    return check(table, batch.mapping, rule=Rule(batch.rule), firms=firms, colleagues=colleagues())


def _refuse_what_changed(batch: ImportBatch, rows: list[CheckedRow]) -> None:
    told = dict(ImportRow.objects.filter(batch=batch).values_list("number", "fate"))
    changed = sum(told.get(row.line.number) != row.fate for row in rows)
    if changed:
        raise ChangedMeanwhileError(
            ngettext(
                "Since the test run your partners have changed, and %(count)s row would end differently. Nothing was "
                "imported; look at a new test run.",
                "Since the test run your partners have changed, and %(count)s rows would end differently. Nothing was "
                "imported; look at a new test run.",
                changed,
            )
            % {"count": changed}
        )


def _finish(batch: ImportBatch, result: dict[str, Any]) -> None:
    move(batch, to=ImportStatus.DONE)
    batch.result, batch.finished_at = result, timezone.now()
    batch.save(update_fields=["status", "result", "finished_at"])


@transaction.atomic
def _delete(batch: ImportBatch) -> None:
    _drop_file(batch)
    batch.delete()


@transaction.atomic
def _forget_content(batch: ImportBatch) -> None:
    ImportRow.objects.filter(batch=batch).delete()
    _drop_file(batch)
    batch.file = ""
    batch.save(update_fields=["file"])


def _drop_file(batch: ImportBatch) -> None:
    """Delete the file once the database has let go of it."""
    storage, name = batch.file.storage, str(batch.file.name)
    transaction.on_commit(lambda: storage.delete(name))
