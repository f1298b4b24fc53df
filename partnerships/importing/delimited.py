"""CSV: whatever its delimiter, its line ends and its quotation marks."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from unicodedata import normalize

from django.utils.translation import gettext as _

from partnerships.importing.headings import known_headings
from partnerships.importing.table import LOOKED_FOR_HEADINGS, MOST_LETTERS, UnreadableFileError, clean_cell

DELIMITERS = ",;\t|"
SAMPLE_ROWS = 60
HINT = "sep="


def rows_of(text: str) -> tuple[Iterator[list[str]], str]:
    """Return the rows of a CSV text and its delimiter. Raises UnreadableFileError while they are read."""
    hinted, text = _hint(text)
    delimiter = hinted or likely_delimiter(text)
    strict = not _fails_strictly(text, delimiter)
    return _rows(text, delimiter, strict=strict, first=[[]] if hinted else []), delimiter


def _hint(text: str) -> tuple[str, str]:
    """Take Excel's own “sep=;” off the top."""
    if text[:4].lower() == HINT and text[4:5] in DELIMITERS and text[5:6] in "\r\n":
        return text[4], text[5:].lstrip("\r\n")
    return "", text


def likely_delimiter(text: str) -> str:
    """Return the sign that yields known headings; else by which most rows have the same number of cells."""
    return max(DELIMITERS, key=lambda sign: _yield_of(text, sign))


def _yield_of(text: str, sign: str) -> tuple[int, int, int]:
    try:
        rows = [row for row in islice(_reader(text, sign), SAMPLE_ROWS) if any(row)]
    except csv.Error:
        return 0, 0, 0
    known = max((known_headings(row) for row in rows[:LOOKED_FOR_HEADINGS]), default=0)
    widths = Counter(len(row) for row in rows if len(row) > 1)
    width, even = max(widths.items(), key=lambda found: (found[1], found[0]), default=(0, 0))
    return known if known > 1 else 0, even, width


def _reader(text: str, delimiter: str, *, strict: bool = False) -> Iterator[list[str]]:
    csv.field_size_limit(10 * MOST_LETTERS)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)


def _fails_strictly(text: str, delimiter: str) -> bool:
    """Say whether quotation marks stand inside values; one that is never closed is refused with its row."""
    rows = 0
    try:
        for _cells in _reader(text, delimiter, strict=True):
            rows += 1
    except csv.Error as error:
        if "unexpected end of data" in str(error) or "field larger" in str(error):
            raise _never_closed(rows + 1) from error
        return True
    return False


def _never_closed(row: int) -> UnreadableFileError:
    return UnreadableFileError(_("In row %(row)s a quotation mark is opened and never closed.") % {"row": row})


def _rows(text: str, delimiter: str, *, strict: bool, first: list[list[str]]) -> Iterator[list[str]]:
    yield from first
    rows = 0
    try:
        for cells in _reader(text, delimiter, strict=strict):
            rows += 1
            yield [clean_cell(normalize("NFC", cell)) for cell in cells]
    except csv.Error as error:
        raise _never_closed(rows + 1) from error
