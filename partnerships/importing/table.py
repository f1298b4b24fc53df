"""What was read of a file: headings, rows, and what should be known about the reading."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from unicodedata import category

from django.utils.translation import gettext as _

LINE_ENDS = "\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"
MARK = "\ufeff"
MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 100
MOST_LETTERS = 10_000
LOOKED_FOR_HEADINGS = 10
# A spreadsheet may have a little formatting far below its data; whole empty pages are passed over, not without end.
MOST_EMPTY_ROWS = 100_000


class UnreadableFileError(Exception):
    """A file cannot be read; the message says why and what to do, in words for whoever uploaded it."""


@dataclass(frozen=True)
class Line:
    """A row of the file; `number` counts as a spreadsheet does, empty rows included."""

    number: int
    cells: list[str]


@dataclass(frozen=True)
class Table:
    """`heading_row` is 0 where the file has no headings; `encoding` and `delimiter` are empty for a workbook."""

    headings: list[str]
    lines: list[Line]
    heading_row: int
    encoding: str = ""
    delimiter: str = ""
    notes: list[str] = field(default_factory=list)

    def column(self, index: int) -> Iterator[str]:
        """Yield the values of a column that are not empty."""
        return (line.cells[index] for line in self.lines if index < len(line.cells) and line.cells[index])


def filled_lines(rows: Iterable[Sequence[str]]) -> list[Line]:
    """Return the rows that hold something, at most 20,000 below ten for headings. Raises UnreadableFileError."""
    lines: list[Line] = []
    for number, cells in enumerate(rows, start=1):
        if number > MOST_ROWS + MOST_EMPTY_ROWS:
            break
        if any(cells):
            lines.append(Line(number, _trimmed(number, cells)))
        if len(lines) > MOST_ROWS + LOOKED_FOR_HEADINGS:
            raise too_many_rows()
    return lines


def too_many_rows() -> UnreadableFileError:
    return UnreadableFileError(
        _("The file has more than %(most)s rows. Split it and import the parts one after the other.")
        % {"most": f"{MOST_ROWS:,}"}
    )


def _trimmed(number: int, cells: Sequence[str]) -> list[str]:
    """Return the cells up to the last one that holds something."""
    last = max(place for place, cell in enumerate(cells) if cell)
    if last >= MOST_COLUMNS:
        raise UnreadableFileError(
            _("Row %(row)s has a value in column %(column)s; at most %(most)s columns can be read.")
            % {"row": number, "column": last + 1, "most": MOST_COLUMNS}
        )
    if any(len(cell) > MOST_LETTERS for cell in cells):
        raise UnreadableFileError(
            _("Row %(row)s holds a text of more than %(most)s characters. Perhaps a quotation mark is never closed.")
            % {"row": number, "most": f"{MOST_LETTERS:,}"}
        )
    return list(cells[: last + 1])


def clean_cell(text: str) -> str:
    """Return a cell as text: no control characters, no blanks around it."""
    if not text.isprintable():
        text = text.replace("\r\n", "\n")
        text = "".join(letter if letter.isprintable() else _in_place_of(letter) for letter in text)
    return text.strip()


def _in_place_of(letter: str) -> str:
    """Make every blank a plain one and every line end the same; drop control characters, keep signs of direction."""
    if letter.isspace():
        return "\n" if letter in LINE_ENDS else " "
    return "" if category(letter) in {"Cc", "Cs", "Cn"} or letter == MARK else letter
