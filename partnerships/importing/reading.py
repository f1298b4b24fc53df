"""The door: bytes in, a table out, or a sentence why not."""

from django.utils.translation import gettext as _

from partnerships.importing.delimited import rows_of
from partnerships.importing.headings import find_headings
from partnerships.importing.letters import ENCODINGS, UNICODE, decode
from partnerships.importing.table import MOST_BYTES, MOST_ROWS, Table, UnreadableFileError, filled_lines, too_many_rows
from partnerships.importing.workbook import rows_of_workbook

ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
OTHERS = {b"%PDF": "PDF", b"{\\rtf": "RTF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF"}


def read_table(content: bytes, encoding: str = "") -> Table:
    """Read CSV or XLSX, told apart by what is inside, not by the name. Raises UnreadableFileError."""
    _refuse_others(content)
    if content.startswith(ZIP):
        rows, notes = rows_of_workbook(content)
        return _table(filled_lines(rows), notes=notes)
    text, used = decode(content, encoding)
    cells, delimiter = rows_of(text.replace("\x00", ""))
    lines = filled_lines(cells)
    notes = []
    if used not in UNICODE and not text.isascii():
        notes.append(_("The file was read as %(encoding)s.") % {"encoding": ENCODINGS[used]})
    return _table(lines, encoding=used, delimiter=delimiter, notes=notes)


def _refuse_others(content: bytes) -> None:
    if not content.strip(b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise UnreadableFileError(_("The file is empty."))
    if len(content) > MOST_BYTES:
        raise UnreadableFileError(
            _("The file has more than %(most)s MB. Split it, or leave out columns you do not need.")
            % {"most": MOST_BYTES // 1024 // 1024}
        )
    if content.startswith(OLD_OFFICE):
        raise UnreadableFileError(
            _("This is an old kind of workbook, or one with a password. Save it as XLSX without a password, or as CSV.")
        )
    for start, kind in OTHERS.items():
        if content.startswith(start):
            raise UnreadableFileError(_("This is a %(kind)s file. Tandem reads CSV and XLSX.") % {"kind": kind})


def _table(lines: list, *, notes: list[str], encoding: str = "", delimiter: str = "") -> Table:
    headings, heading_row, data = find_headings(lines)
    if not data:
        raise UnreadableFileError(_("The file has headings, but no rows below them."))
    if len(data) > MOST_ROWS:
        raise too_many_rows()
    if not heading_row:
        notes = [*notes, _("The file has no headings; its columns are numbered.")]
    elif heading_row > 1:
        notes = [*notes, _("The headings were found in row %(row)s.") % {"row": heading_row}]
    return Table(headings, data, heading_row, encoding, delimiter, notes)
