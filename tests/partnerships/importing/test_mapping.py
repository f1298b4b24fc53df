"""Guessing what columns mean."""

import pytest

from partnerships.importing.headings import target_of
from partnerships.importing.mapping import describe, guess
from partnerships.importing.reading import read_table
from partnerships.importing.synonyms import SYNONYMS
from partnerships.importing.targets import BY_KEY, BY_SYNONYM
from roadmap.search import fold
from tests.partnerships.importing.files import csv_bytes


def guessed(*rows: list[str]) -> dict[str, str]:
    table = read_table(csv_bytes(rows))
    return dict(zip(table.headings, guess(table), strict=True))


@pytest.mark.parametrize(
    ("heading", "target"),
    [
        ("Company", "name"),
        ("  COMPANY NAME: ", "name"),
        ("Firmenname", "name"),
        ("Société", "name"),
        ("Straße", "street"),
        ("E-Mail *", "contact_email"),
        ("Beschäftigte", "size"),
        ("Distance (km)", "distance_km"),
        ("Phone (office)", "phone"),
        ("Ansprechpartner", "contact_name"),
        ("Member since", ""),
        ("", ""),
    ],
)
def test_heading_means_a_field_in_many_languages(heading, target):
    assert target_of(heading) == target


def test_every_synonym_belongs_to_a_field_and_is_written_folded():
    assert set(SYNONYMS) <= set(BY_KEY)
    assert [synonym for synonym in BY_SYNONYM if synonym != fold(synonym).strip()] == []
    assert len(BY_SYNONYM) == sum(len(synonyms.split(",")) for synonyms in SYNONYMS.values())


def test_columns_of_a_chamber_list_are_matched_but_for_the_unknown_one():
    assert guessed(
        ["Company", "Industry", "Town", "Contact", "Email", "Tel.", "Employees", "Member since"],
        ["Alder Glass", "Glazing", "Eastmoor", "Ana Prieto", "ana@alder.example.org", "000 555 0117", "12", "2014"],
    ) == {
        "Company": "name",
        "Industry": "trade",
        "Town": "town",
        "Contact": "contact_name",
        "Email": "contact_email",
        "Tel.": "phone",
        "Employees": "size",
        "Member since": "",
    }


def test_addresses_of_offices_belong_to_the_firm():
    rows = [[f"Firm {n}", f"Person {n}", f"info@firm{n}.example.org"] for n in range(5)]

    assert guessed(["Company", "Contact", "E-mail"], *rows)["E-mail"] == "email"


def test_addresses_without_a_person_belong_to_the_firm():
    assert guessed(["Company", "E-mail", "Mobile"], ["Alder", "ana@alder.example.org", "000 555 1"]) == {
        "Company": "name",
        "E-mail": "email",
        "Mobile": "phone",
    }


def test_unknown_headings_are_matched_by_what_stands_below():
    assert guessed(
        ["Firm", "Reach", "Seen at", "Call", "Contact"],
        ["Alder", "ana@alder.example.org", "www.alder.example.org", "+49 000 5550117", "Ana"],
        ["Birch", "b@birch.example.org", "birch.example.org", "000 555 0118", "Ben"],
    ) == {"Firm": "name", "Reach": "contact_email", "Seen at": "website", "Call": "phone", "Contact": "contact_name"}


def test_field_is_guessed_once_and_notes_may_be_several():
    assert guessed(
        ["Company", "Firm", "Notes", "Remarks", "Phone", "Tel"], ["Alder", "Alder Ltd", "a", "b", "1234567", "7654321"]
    ) == {"Company": "name", "Firm": "", "Notes": "description", "Remarks": "description", "Phone": "phone", "Tel": ""}


def test_empty_column_is_not_imported():
    assert guessed(["Company", "Town"], ["Alder", ""], ["Birch", ""])["Town"] == ""


def test_file_without_headings_has_its_name_in_the_first_column_of_text():
    assert guessed(["1", "Alder Glass", "ana@alder.example.org"], ["2", "Birch & Co", "b@birch.example.org"]) == {
        "Column 1": "",
        "Column 2": "name",
        "Column 3": "email",
    }


def test_columns_are_described_by_their_first_values_look_and_fill():
    table = read_table(
        csv_bytes([["Company", "Since", "Note"], ["Alder", "2014", ""], ["Birch", "2021", ""], ["Birch", "", ""]])
    )

    assert describe(table) == [
        {"heading": "Company", "examples": "Alder · Birch", "look": "", "filled": 3},
        {"heading": "Since", "examples": "2014 · 2021", "look": "number", "filled": 2},
        {"heading": "Note", "examples": "", "look": "empty", "filled": 0},
    ]
