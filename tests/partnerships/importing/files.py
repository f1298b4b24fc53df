"""Files such as schools have, and such as nobody should open."""

import io
import struct
import zipfile
from collections.abc import Iterable, Sequence

from openpyxl import Workbook


def csv_bytes(
    rows: Iterable[Sequence[str]], *, delimiter: str = ",", encoding: str = "utf-8", end: str = "\n"
) -> bytes:
    return end.join(delimiter.join(cells) for cells in rows).encode(encoding)


def xlsx_bytes(*sheets: Iterable[Sequence[object]], hidden: int | None = None) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Sheet {number}")
        for row in rows:
            sheet.append(list(row))
        if number == hidden:
            sheet.sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_entry(workbook: bytes, name: str, content: bytes, *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return the workbook with one entry replaced or added."""
    source, file = zipfile.ZipFile(io.BytesIO(workbook)), io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as target:
        for entry in source.namelist():
            if entry != name:
                target.writestr(entry, source.read(entry))
        target.writestr(name, content)
    return file.getvalue()


def lying_about_size(archive: bytes, name: str, size: int) -> bytes:
    """Return the archive with another unpacked size declared for one entry, in both of its headers."""
    changed = bytearray(archive)
    with zipfile.ZipFile(io.BytesIO(archive)) as source:
        local = source.getinfo(name).header_offset
    struct.pack_into("<I", changed, local + 22, size)
    place = changed.find(b"PK\x01\x02")
    while place >= 0:
        if changed[place + 46 : place + 46 + len(name)] == name.encode():
            struct.pack_into("<I", changed, place + 24, size)
        place = changed.find(b"PK\x01\x02", place + 4)
    return bytes(changed)


def bomb(megabytes: int) -> bytes:
    """Return a workbook of a few kilobytes whose sheet unpacks to this much."""
    row = b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + b"A" * 1024 * 1024 + b"</t></is></c></row>"
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return with_entry(
        xlsx_bytes([["Name"]]), "xl/worksheets/sheet1.xml", sheet + row * megabytes + b"</sheetData></worksheet>"
    )
