import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from accounts.models import User
from tests.accounts.factories import UserFactory
from tests.ui.people import PEOPLE
from ui.exports import BOM, cell, csv_lines, export_rows, safe_text, write_xlsx

FORMULAS = [
    "=1+1",
    "+49 1 234",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "   =cmd|' /C calc'!A0",
    "\x00=1",
    "\x1f=1",
    "\u00a0=1",
    "\u200b=1",
    "\ufeff=1",
    "\u3000=1",
    "\uff1d1",
    "\uff0b1",
    "\uff0d1",
    "\uff20A1",
    '"=1',
    "'=1",
    "=1+1@b.co",
    "|calc",
    "%0A=1",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_a_spreadsheet_would_run_is_disarmed(text):
    assert safe_text(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", "Kestrel", "a=b", "3 - 2", "marta@example.org", "“quoted”", "  spaced", "1+1", "é"]
)
def test_plain_text_stays_as_it_is(text):
    assert safe_text(text) == text


@given(st.text(max_size=40))
def test_no_text_begins_with_a_trigger_for_a_spreadsheet(text):
    made = safe_text(text)

    assert made.lstrip()[:1] not in {"=", "+", "-", "@", "\t", "\r", "\n"} or made[:1] == "'"
    assert made in {text, f"'{text}"}


@pytest.mark.parametrize(
    ("value", "made"),
    [
        (None, ""),
        (True, "True"),
        (3, 3),
        (Decimal("-1.50"), Decimal("-1.50")),
        (dt.date(2026, 3, 12), dt.date(2026, 3, 12)),
    ],
)
def test_a_cell_keeps_figures_and_dates(value, made):
    assert cell(value) == made


def test_a_time_is_exported_as_the_school_reads_it(settings):
    settings.TIME_ZONE = "Europe/Vienna"

    assert cell(dt.datetime(2026, 3, 12, 8, 30, tzinfo=dt.UTC)) == dt.datetime(2026, 3, 12, 9, 30)


@pytest.mark.django_db
def test_a_csv_file_holds_every_row_under_its_heading():
    for name in FORMULAS[:3]:
        UserFactory(name=name)

    text = "".join(csv_lines(export_rows(PEOPLE, User.objects.order_by("pk"))))

    assert text.startswith(BOM)
    rows = list(csv.reader(io.StringIO(text.removeprefix(BOM))))
    assert rows[0] == ["Name", "Added"]
    assert [row[0] for row in rows[1:]] == ["'=1+1", "'+49 1 234", "'-1+1"]


@pytest.mark.django_db
def test_a_workbook_holds_text_and_never_a_formula():
    for name in [text for text in FORMULAS if "\x00" not in text]:
        UserFactory(name=name)
    file = io.BytesIO()

    written = write_xlsx(export_rows(PEOPLE, User.objects.order_by("pk")), file)

    sheet = load_workbook(file).active
    kinds = {found.data_type for row in sheet.iter_rows() for found in row}
    assert written == sheet.max_row == len(FORMULAS)
    assert kinds == {"s", "d"}


@pytest.mark.django_db
def test_an_export_reads_all_rows_in_one_query(query_count):
    UserFactory.create_batch(12)

    assert query_count(lambda: list(export_rows(PEOPLE, User.objects.order_by("pk")))) == 1
