"""A list as a file: the same rows as on screen, safe to open in a spreadsheet."""

import csv
import datetime as dt
import io
import unicodedata
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import IO, Any

from django.db.models import QuerySet
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from ui.lists import ListSpec

TRIGGERS = "=+-@|%"
BOM = "\ufeff"  # without it Excel reads UTF-8 as the local code page
CHUNK = 2_000


def safe_text(text: str) -> str:
    """Return text that no spreadsheet takes for a formula.

    The first character that shows decides, whatever blanks, control characters or full-width forms hide it.
    """
    shown = ILLEGAL_CHARACTERS_RE.sub("", unicodedata.normalize("NFKC", text)).lstrip(_INVISIBLE + "\"'")
    starts = shown[:1]
    is_formula = bool(starts) and starts in TRIGGERS
    is_odd = bool(text) and text[0] in "\t\r\n"
    return f"'{text}" if is_formula or is_odd else text


_INVISIBLE = "".join(chr(code) for code in range(0x2100) if unicodedata.category(chr(code))[0] in "CZ") + "\ufeff"


def cell(value: object) -> object:
    """Return a value as an export has it: figures and dates stay what they are, all else becomes safe text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
    if isinstance(value, int | float | Decimal | dt.date):
        return value
    return safe_text(str(value))


def export_rows(spec: ListSpec, queryset: QuerySet[Any]) -> Iterator[list[object]]:
    """Yield the heading and then a line for each row, read in slices."""
    yield [safe_text(str(column.label)) for column in spec.columns]
    for row in queryset.iterator(chunk_size=CHUNK):
        yield [cell(column.value(row)) for column in spec.columns]


def csv_lines(rows: Iterable[list[object]]) -> Iterator[str]:
    """Yield the lines of a CSV file."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    yield BOM
    for row in rows:
        writer.writerow(row)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def write_xlsx(rows: Iterable[list[object]], file: IO[bytes]) -> int:
    """Write a workbook of one sheet and return how many rows it has; text is typed as text, never as a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    written = 0
    for row in rows:
        sheet.append([_xlsx_cell(sheet, value) for value in row])
        written += 1
    book.save(file)
    return written


def _xlsx_cell(sheet: Any, value: object) -> object:
    if not isinstance(value, str):
        return value
    made = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", value))
    made.data_type = "s"
    return made
