"""CSV and XLSX as they come, read rightly or refused with the reason and the row."""

import datetime as dt
import random
import time
import tracemalloc
import zipfile
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerships.importing.headings import find_headings
from partnerships.importing.letters import decode, strangeness
from partnerships.importing.reading import read_table
from partnerships.importing.table import MOST_BYTES, MOST_ROWS, Line, UnreadableFileError, clean_cell
from tests.partnerships.importing.files import bomb, csv_bytes, lying_about_size, with_entry, xlsx_bytes

ROWS = [
    ["Firma", "Ort", "Ansprechpartner"],
    ["Müller & Söhne", "Köln", "Jörg Weiß"],
    ["Café Noël", "Öhringen", "Zoë Brück"],
]
POLISH = [["Firma", "Miasto"], ["Łódź Stal", "Łódź"], ["Zażółć Gęślą", "Kraków"]]
RUSSIAN = [["Фирма", "Город"], ["Завод Прогресс", "Москва"], ["Пекарня", "Тверь"]]


def cells_of(content: bytes, encoding: str = "") -> list[list[str]]:
    table = read_table(content, encoding)
    return [table.headings, *(line.cells for line in table.lines)]


def refusal_of(content: bytes) -> str:
    with pytest.raises(UnreadableFileError) as refused:
        read_table(content)
    return str(refused.value)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1", "mac_roman", "cp850"]
)
def test_letters_arrive_whatever_encoding_delimiter_and_line_end(encoding, delimiter, end):
    assert cells_of(csv_bytes(ROWS, delimiter=delimiter, encoding=encoding, end=end)) == ROWS


@pytest.mark.parametrize(("rows", "encoding"), [(POLISH, "cp1250"), (RUSSIAN, "cp1251"), (RUSSIAN, "utf-16-le")])
def test_other_alphabets_are_recognised(rows, encoding):
    assert cells_of(csv_bytes(rows, encoding=encoding)) == rows


def test_guessed_encoding_is_said_and_can_be_named_instead():
    czech = [["Firma", "Město"], ["Dvořák", "Třebíč"]]
    content = csv_bytes(czech, encoding="cp1250")

    table = read_table(csv_bytes(ROWS, encoding="cp1252"))

    assert table.notes == ["The file was read as Western European (Windows)."]
    assert cells_of(content, "cp1250") == czech
    assert read_table(csv_bytes([["Name"], ["Alder Glass"]], encoding="cp1252")).notes == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1253"])
def test_encoding_that_does_not_fit_is_refused(encoding):
    with pytest.raises(UnreadableFileError, match="cannot be read as"):
        read_table(b"Name\nCaf\xe9 \xff\xd2\n\x81", encoding)


def test_sep_line_of_excel_names_the_delimiter():
    assert cells_of(b"sep=;\nName;Town\nAlder, Glass;Eastmoor, North\n") == [
        ["Name", "Town"],
        ["Alder, Glass", "Eastmoor, North"],
    ]


def test_quotation_marks_keep_delimiters_and_line_ends():
    content = b'Name,Notes\r\n"Alder, Glass","says ""maybe""\r\nthen yes"\r\nBirch & Co,plain "quote" inside\r\n'

    assert cells_of(content) == [
        ["Name", "Notes"],
        ["Alder, Glass", 'says "maybe"\nthen yes'],
        ["Birch & Co", 'plain "quote" inside'],
    ]


def test_quotation_mark_never_closed_is_refused_with_its_row():
    rows = "".join(f"Firm {n},Lindenvale\n" for n in range(50))

    assert refusal_of(f'Name,Town\n{rows}"Open,Eastmoor\n{rows}'.encode()) == (
        "In row 52 a quotation mark is opened and never closed."
    )


def test_rows_are_numbered_as_in_a_spreadsheet_and_empty_ones_are_passed_over():
    table = read_table(
        b"\n\nMembers of the chamber,,\n,,\nCompany,Town,Phone\n\nAlder Glass,Eastmoor,1\n , \nBirch,Overton,2\n"
    )

    assert (table.headings, table.heading_row) == (["Company", "Town", "Phone"], 5)
    assert [(line.number, line.cells[0]) for line in table.lines] == [(7, "Alder Glass"), (9, "Birch")]
    assert table.notes == ["The headings were found in row 5."]


@pytest.mark.parametrize("above", range(10))
def test_headings_are_found_in_any_of_the_first_ten_rows(above):
    title = "Chamber of commerce, list of members 2026\n"

    table = read_table((title * above + "Company;Town;E-mail\nAlder;Eastmoor;a@alder.example.org\n").encode())

    assert (table.headings, table.heading_row) == (["Company", "Town", "E-mail"], above + 1)


def test_unknown_headings_are_headings_all_the_same():
    assert read_table(b"Alpha,Beta\nAlder,Eastmoor\nBirch,Overton\n").headings == ["Alpha", "Beta"]


@pytest.mark.parametrize(
    "content",
    [
        b"Alder Glass,ana@alder.example.org\nBirch,b@birch.example.org\n",
        b"Alder Glass,000 555 0117\nBirch,000 555 0118\n",
    ],
)
def test_file_without_headings_keeps_its_first_row(content):
    table = read_table(content)

    assert (table.headings, table.heading_row, len(table.lines)) == (["Column 1", "Column 2"], 0, 2)
    assert table.notes == ["The file has no headings; its columns are numbered."]


def test_one_column_is_a_file_too():
    assert cells_of(b"Name\nAlder Glass\nBirch & Co\n") == [["Name"], ["Alder Glass"], ["Birch & Co"]]


def test_doubled_and_missing_headings_are_told_apart():
    assert read_table(b"Company,Phone,Phone,,Town\nAlder,1,2,3,Eastmoor\n").headings == [
        "Company",
        "Phone",
        "Phone (2)",
        "Column 4",
        "Town",
    ]


def test_columns_without_a_heading_count_only_when_many_rows_have_them():
    usual = "".join(f"Firm {n},Eastmoor\n" for n in range(20))

    one = read_table(f"Company,Town\n{usual}Alder, Glass,Eastmoor\n".encode())
    many = read_table(b"Company,Town\n" + b"Alder,Eastmoor,member\n" * 20)

    assert one.headings == ["Company", "Town"]
    assert many.headings == ["Company", "Town", "Column 3"]


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  Alder\u00a0Glass ", "Alder Glass"),
        ("Alder\x00\x07 Glass\x9f", "Alder Glass"),
        ("one\r\ntwo\u2028three", "one\ntwo\nthree"),
        ("\ufeffAlder", "Alder"),
        ("عربي", "عربي"),
        ("O'Neil", "O'Neil"),
        ("Null", "Null"),
        ("👩‍🔧 Service", "👩‍🔧 Service"),
        ("=1+1", "=1+1"),
        ("\ue000 private", "\ue000 private"),
    ],
)
def test_cell_loses_only_what_nobody_can_see(text, cleaned):
    assert clean_cell(text) == cleaned


def test_names_written_in_two_ways_become_one():
    assert cells_of("Name\nCafe\u0301 Noe\u0308l\n".encode()) == [["Name"], ["Café Noël"]]


def test_zeros_in_a_text_file_are_dropped():
    assert cells_of(b"Name,Town\nAl\x00der,Eastmoor\n") == [["Name", "Town"], ["Alder", "Eastmoor"]]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "The file is empty."),
        (b"\xef\xbb\xbf\r\n \r\n", "The file is empty."),
        (b"\xff\xfe\r\x00\n\x00", "The file is empty."),
        (b"Company,Town\n", "The file has headings, but no rows below them."),
        (b"%PDF-1.7 ...", "This is a PDF file. Tandem reads CSV and XLSX."),
        (b"\x89PNG\r\n\x1a\n", "This is a PNG file. Tandem reads CSV and XLSX."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "This is an old kind of workbook"),
        (random.Random(1).randbytes(4_000), "This does not look like a text file"),
        (b"x" * (MOST_BYTES + 1), "The file has more than 10 MB"),
        (b"Name\n" + b"Alder\n" * (MOST_ROWS + 1), "The file has more than 20,000 rows"),
        (b"Name\n" + b"a," * 150 + b"b\n", "Row 2 has a value in column 1"),
        (b"," * 9_999 + b"x\n", "Row 1 has a value in column 10000; at most 100 columns can be read."),
        (b"Name\n" + b"A" * 10_001, "Row 2 holds a text of more than 10,000 characters."),
    ],
)
def test_file_that_cannot_be_read_says_why(content, reason):
    assert refusal_of(content).startswith(reason)


@given(st.binary(max_size=400))
@settings(max_examples=300)
def test_any_bytes_are_read_or_refused_in_words(content):
    try:
        table = read_table(content)
    except UnreadableFileError:
        return

    assert table.lines
    assert all(len(line.cells) <= 100 for line in table.lines)


words = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12).map(
    lambda text: normalize("NFC", text)
)


@given(
    st.lists(st.tuples(words, words, words), min_size=1, max_size=8),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
@settings(max_examples=150)
def test_what_a_spreadsheet_writes_is_read_back(rows, delimiter, encoding):
    lines = [["Company", "Town", "Phone"], *map(list, rows)]
    quoted = [['"' + cell.replace('"', '""') + '"' for cell in line] for line in lines]

    read = cells_of(csv_bytes(quoted, delimiter=delimiter, encoding=encoding, end="\r\n"))

    assert read == lines


@given(st.lists(st.lists(words, min_size=1, max_size=6), max_size=14))
def test_finding_headings_loses_no_row_below(rows):
    lines = [Line(number, cells) for number, cells in enumerate(rows, start=1)]

    headings, heading_row, data = find_headings(lines)

    assert data == [line for line in lines if line.number > heading_row]
    assert len(set(headings)) == len(headings)


def test_decoded_text_says_which_encoding_it_was():
    assert decode("Müller".encode("cp1252")) == ("Müller", "cp1252")
    assert decode("Müller".encode("utf-16")) == ("Müller", "utf-16")
    assert strangeness("CafŽ MŸller") > strangeness("Café Müller") == 0


# Workbooks


def test_workbook_is_read_as_somebody_sees_it():
    date = dt.datetime(2026, 3, 12)
    content = xlsx_bytes(
        [
            ["Members"],
            [],
            ["Company", "Staff", "Since", "Phone", "Active"],
            ["Müller", 12.0, date, 5550117, True],
            ["Birch", 4.5, None, "+1", False],
        ]
    )

    table = read_table(content)

    assert (table.headings, table.heading_row) == (["Company", "Staff", "Since", "Phone", "Active"], 3)
    assert [(line.number, line.cells) for line in table.lines] == [
        (4, ["Müller", "12", "2026-03-12", "5550117", "yes"]),
        (5, ["Birch", "4.5", "", "+1", "no"]),
    ]


def test_first_visible_sheet_is_read_and_the_others_are_named():
    content = xlsx_bytes([["Secret"], ["x"]], [["Company"], ["Alder"]], [["Other"], ["y"]], hidden=0)

    table = read_table(content)

    assert table.headings == ["Company"]
    assert table.notes == ["Only the first of 2 sheets was read: “Sheet 1”."]


def test_bomb_is_refused_at_once_and_with_little_memory():
    content = bomb(200)
    assert len(content) < 1024 * 1024
    tracemalloc.start()
    started = time.perf_counter()

    reason = refusal_of(content)

    seconds, peak = time.perf_counter() - started, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "unpacks to more than Tandem opens" in reason
    assert seconds < 1
    assert peak < 20 * 1024 * 1024


@pytest.mark.parametrize("size", [1_000, 40_000_000])
def test_bomb_that_lies_about_its_size_is_refused(size):
    content = lying_about_size(bomb(80), "xl/worksheets/sheet1.xml", size)

    assert refusal_of(content).startswith("The workbook")


def test_workbook_of_too_many_entries_is_refused():
    content = xlsx_bytes([["Name"], ["Alder"]])
    for number in range(200):
        content = with_entry(content, f"xl/media/{number}.bin", b"")

    assert "unpacks to more than Tandem opens" in refusal_of(content)


@pytest.mark.parametrize(
    "entry", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "[Content_Types].xml"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_in_xml_are_refused(entry, encoding):
    hostile = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]><x>&a;&b;</x>'
    )

    content = with_entry(xlsx_bytes([["Name"], ["Alder"]]), entry, hostile.encode(encoding))

    assert refusal_of(content) == "The workbook holds XML declarations that no spreadsheet program writes."


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 not a zip",
        xlsx_bytes([["Name"], ["Alder"]])[:-400],
        with_entry(xlsx_bytes([["Name"], ["Alder"]]), "xl/workbook.xml", b"<broken"),
        with_entry(xlsx_bytes([["Name"], ["Alder"]]), "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row"),
        with_entry(b"PK\x05\x06" + b"\x00" * 18, "readme.txt", b"hello"),
    ],
    ids=["no zip", "cut short", "broken book", "broken sheet", "no workbook"],
)
def test_damaged_workbook_is_refused_in_words(content):
    assert refusal_of(content).startswith("The workbook is damaged.")


def test_sheet_that_claims_to_be_endless_is_read_for_what_it_holds():
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<dimension ref="A1:XFD1048576"/><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c></row>'
        b'<row r="2"><c r="A2" t="inlineStr"><is><t>Alder</t></is></c></row>'
        b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c></row></sheetData></worksheet>'
    )
    started = time.perf_counter()

    table = read_table(with_entry(xlsx_bytes([["x"]]), "xl/worksheets/sheet1.xml", sheet))

    assert [line.cells for line in table.lines] == [["Alder"]]
    assert time.perf_counter() - started < 3


def test_workbook_without_compression_is_a_workbook_too():
    content = with_entry(xlsx_bytes([["Name"], ["Alder"]]), "docProps/extra.txt", b"x", compression=zipfile.ZIP_STORED)

    assert cells_of(content) == [["Name"], ["Alder"]]
