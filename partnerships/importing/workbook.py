"""XLSX, opened only after its inside has been measured."""

import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any
from unicodedata import normalize

from defusedxml import DefusedXmlException
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from partnerships.importing.table import MOST_COLUMNS, MOST_ROWS, UnreadableFileError, clean_cell

MOST_ENTRIES = 200
MOST_UNPACKED = 50 * 1024 * 1024
MOST_RATIO = 100
RATIO_FROM = 1024 * 1024  # below this a high ratio is only a short file
CHUNK = 64 * 1024
DOCTYPE = re.compile(rb"<\s*!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, KeyError, ValueError, TypeError, SyntaxError)


def rows_of_workbook(content: bytes) -> tuple[Iterator[list[str]], list[str]]:
    """Return the rows of the first sheet, and what else should be said. Raises UnreadableFileError."""
    _measure(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    except (DefusedXmlException, InvalidFileException, *BROKEN) as error:
        raise _damaged() from error
    if not sheets:
        raise UnreadableFileError(_("The workbook has no sheet with a table."))
    notes = []
    if len(sheets) > 1:
        notes.append(
            _("Only the first of %(count)s sheets was read: “%(name)s”.")
            % {"count": len(sheets), "name": sheets[0].title}
        )
    return _rows(sheets[0]), notes


def _damaged() -> UnreadableFileError:
    return UnreadableFileError(
        _("The workbook is damaged. Open it in your spreadsheet program and save it again as XLSX.")
    )


def _measure(content: bytes) -> None:
    """Unpack every entry into nothing, chunk by chunk: sizes that a file declares of itself prove nothing."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_declared(entries)
            left = MOST_UNPACKED
            for entry in entries:
                left = _measure_entry(archive, entry, left)
    except BROKEN as error:
        raise _damaged() from error


def _check_declared(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise _bomb()
    if any(_is_too_dense(entry.file_size, entry.compress_size) for entry in entries):
        raise _bomb()
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise UnreadableFileError(_("The workbook is protected by a password. Save it without one."))


def _is_too_dense(size: int, packed: int) -> bool:
    return size > RATIO_FROM and size > MOST_RATIO * max(packed, 1)


def _bomb() -> UnreadableFileError:
    return UnreadableFileError(
        _("The workbook unpacks to more than Tandem opens. Save the one sheet you need as CSV and import that.")
    )


def _measure_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> int:
    """Return how many bytes the other entries may still have."""
    is_xml, tail, size = entry.filename.endswith((".xml", ".rels")), b"", 0
    with archive.open(entry) as stream:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > left or _is_too_dense(size, entry.compress_size):
                raise _bomb()
            if is_xml and DOCTYPE.search((tail + chunk).replace(b"\x00", b"")):
                raise UnreadableFileError(_("The workbook holds XML declarations that no spreadsheet program writes."))
            tail = chunk[-32:]
    return left - size


def _rows(sheet: Any) -> Iterator[list[str]]:
    sheet.reset_dimensions()  # what a sheet says of its own size may be wrong
    try:
        for row in sheet.iter_rows(max_row=MOST_ROWS + 100_000, max_col=MOST_COLUMNS + 1, values_only=True):
            yield [as_text(value) for value in row]
    except (DefusedXmlException, *BROKEN) as error:
        raise _damaged() from error


def as_text(value: object) -> str:
    """Return a cell as somebody reads it: whole numbers without a point, dates by year, month, day."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return clean_cell(normalize("NFC", str(value)))
