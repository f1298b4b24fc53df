"""The test run: the fate of every row, and why."""

import pytest

from partnerships.enums import Fate, Kind, Rule, SizeBand
from partnerships.importing.checking import CheckedRow, check, counts_of
from partnerships.importing.cleaning import clean_row
from partnerships.importing.firms import Firm, Firms, Person
from partnerships.importing.reading import read_table
from tests.partnerships.importing.files import csv_bytes

COLUMNS = [
    "name",
    "town",
    "registration_number",
    "website",
    "email",
    "phone",
    "contact_name",
    "contact_email",
    "contact_phone",
]
HEADINGS = ["Company", "Town", "Reg. no.", "Website", "General e-mail", "Phone", "Contact", "E-mail", "Mobile"]


def row(name: str, **values: str) -> list[str]:
    return [name, *(values.get(column, "") for column in COLUMNS[1:])]


def on_file(
    name: str, *, pk: int = 7, archived: bool = False, people: tuple[Person, ...] = (), **values: object
) -> Firm:
    known = {"town": "", "registration_number": "", "website": "", "email": "", "phone": "", **values}
    return Firm(pk, {"name": name, **known}, archived=archived, people=list(people))


def run(*rows: list[str], known: tuple[Firm, ...] = (), rule: Rule = Rule.FILL) -> list[CheckedRow]:
    table = read_table(csv_bytes([HEADINGS, *([f'"{cell}"' for cell in cells] for cells in rows)]))
    return check(table, COLUMNS, rule=rule, firms=Firms(known), colleagues={"marta keller": 3})


def fates(*rows: list[str], **kwargs: object) -> list[tuple[Fate, str]]:
    return [(checked.fate, checked.reason) for checked in run(*rows, **kwargs)]


KESTREL = "Kestrel Precision Ltd"


def test_unknown_firm_is_new():
    [checked] = run(
        row("Alder Glass", town="Eastmoor", contact_name="Ana Prieto", contact_email="ana@alder.example.org")
    )

    assert (checked.fate, checked.reason, checked.firm.pk) == (Fate.NEW, "", 0)
    assert checked.firm.values == {"name": "Alder Glass", "town": "Eastmoor"}
    assert [person.values for person in checked.firm.people] == [
        {"name": "Ana Prieto", "email": "ana@alder.example.org"}
    ]


@pytest.mark.parametrize(
    ("values", "known", "why"),
    [
        (
            {"registration_number": "fn-1234 a"},
            {"registration_number": "FN 1234a", "town": "Elsewhere"},
            "same registration number",
        ),
        ({"website": "www.kestrel.example.org"}, {"email": "office@kestrel.example.org"}, "same name and domain"),
        (
            {"email": "info@kestrel.example.org", "town": "Here"},
            {"website": "https://kestrel.example.org/", "town": "There"},
            "same name and domain",
        ),
        ({"town": "linden-vale"}, {"town": "Linden Vale"}, "same name and town"),
        ({}, {"town": "Lindenvale"}, "same name, and one of the two without a town"),
    ],
)
def test_firm_on_file_is_recognised(values, known, why):
    [checked] = run(row("KESTREL Precision", phone="000 1", **values), known=(on_file(KESTREL, **known),))

    assert checked.fate == Fate.FILLS
    assert checked.reason == f"Kestrel Precision Ltd is on file ({why})"
    assert checked.firm.changes["phone"] == "000 1"


@pytest.mark.parametrize(
    ("values", "known"),
    [
        ({"town": "Eastmoor"}, {"town": "Lindenvale"}),
        ({"registration_number": "1", "town": "Lindenvale"}, {"registration_number": "2", "town": "Lindenvale"}),
        ({"town": "Eastmoor", "email": "a@gmail.com"}, {"town": "Lindenvale", "email": "b@gmail.com"}),
    ],
)
def test_firm_of_the_same_name_elsewhere_is_another(values, known):
    assert fates(row(KESTREL, **values), known=(on_file(KESTREL, **known),)) == [(Fate.NEW, "")]


def test_same_domain_alone_is_not_the_same_firm():
    known = on_file("Lindenvale Industrial Park", website="https://park.example.org")

    assert fates(row("Alder Glass", website="park.example.org"), known=(known,)) == [(Fate.NEW, "")]


def test_two_firms_that_may_be_meant_are_left_to_a_person():
    known = (on_file("Café Central", pk=1, town="Overton"), on_file("Cafe Central", pk=2, town="Eastmoor"))

    assert fates(row("Café Central"), known=known) == [
        (Fate.PROBLEM, "2 partners are called “Café Central”; a registration number or the town tells them apart")
    ]
    assert run(row("Café Central", town="Eastmoor", phone="1"), known=known)[0].firm.pk == 2


def test_filling_touches_only_what_is_empty():
    known = on_file(KESTREL, town="Lindenvale", phone="000 1", website="")

    [checked] = run(row(KESTREL, town="Lindenvale", phone="000 2", website="kestrel.example.org"), known=(known,))

    assert known.changes == {"website": "https://kestrel.example.org"}
    assert checked.changes == [("website", "https://kestrel.example.org")]


def test_known_firm_with_nothing_new_is_on_file():
    assert fates(row(KESTREL, town="Lindenvale"), known=(on_file(KESTREL, town="Lindenvale"),)) == [
        (Fate.EXISTS, "Kestrel Precision Ltd is on file (same name and town); nothing to add")
    ]


def test_skipping_leaves_known_firms_as_they_are():
    known = on_file(KESTREL, town="Lindenvale")

    assert fates(row(KESTREL, town="Lindenvale", phone="1", contact_name="Rosa"), known=(known,), rule=Rule.SKIP) == [
        (Fate.EXISTS, "Kestrel Precision Ltd is on file (same name and town) and stays as it is")
    ]
    assert (known.changes, known.people) == ({}, [])


def test_archived_firm_is_not_filled():
    assert fates(row(KESTREL, phone="1"), known=(on_file(KESTREL, archived=True),)) == [
        (Fate.EXISTS, "Kestrel Precision Ltd is in the archive; restore it first")
    ]


def test_new_person_at_a_known_firm_is_added_and_a_known_one_filled():
    rosa = Person(5, {"name": "Rosa Lindqvist", "email": "r.lindqvist@kestrel.example.org", "phone": ""})
    known = on_file(KESTREL, people=(rosa,))

    rows = run(
        row(KESTREL, contact_name="Dev Anand", contact_phone="000 555 0186"),
        row(
            KESTREL, contact_name="R. Lindqvist", contact_email="R.Lindqvist@kestrel.example.org", contact_phone="000 1"
        ),
        row(KESTREL, contact_name="rosa lindqvist"),
        known=(known,),
    )

    assert [(checked.fate, checked.changes) for checked in rows] == [
        (Fate.FILLS, [("contact_name", "Dev Anand"), ("contact_phone", "000 555 0186")]),
        (Fate.FILLS, [("contact_phone", "000 1")]),
        (Fate.EXISTS, []),
    ]
    assert rows[0].reason.endswith("; adds Dev Anand")
    assert rosa.changes == {"phone": "000 1"}


def test_several_rows_of_one_firm_are_one_partner_with_several_people():
    rows = run(
        row("Alder Glass", town="Eastmoor", contact_name="Ana Prieto", contact_email="office@alder.example.org"),
        row(
            "ALDER GLASS",
            town="eastmoor",
            phone="000 1",
            contact_name="Ben Stone",
            contact_email="office@alder.example.org",
        ),
        row("Alder Glass", town="Eastmoor", contact_name="Ana Prieto"),
    )

    assert [(checked.fate, checked.reason) for checked in rows] == [
        (Fate.NEW, ""),
        (Fate.JOINS, "Same firm as row 2; adds Ben Stone"),
        (Fate.REPEATS, "Says the same as row 2"),
    ]
    assert len({id(checked.firm) for checked in rows}) == 1
    assert rows[0].firm.values["phone"] == "000 1"
    assert [person.values["name"] for person in rows[0].firm.people] == ["Ana Prieto", "Ben Stone"]


def test_row_after_a_wrong_one_of_the_same_firm_is_the_new_one():
    rows = run(row("Alder Glass", contact_email="nobody"), row("Alder Glass", phone="1"))

    assert [checked.fate for checked in rows] == [Fate.PROBLEM, Fate.NEW]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (row("", town="Eastmoor"), "The name is empty"),
        (row("A" * 300), "Name has 300 characters; 255 fit"),
        (row("Alder", email="info@brackenhall"), "General e-mail “info@brackenhall” is not complete"),
        (
            row("Alder", contact_name="Ana", contact_email="a@@b.example.org"),
            "Contact’s e-mail “a@@b.example.org” is not complete",
        ),
        (row("Alder", website="javascript:alert(1)"), "Website “javascript:alert(1)” is not a web address"),
        (
            row("Alder", website="javascript://example.org/%0aalert(1)"),
            "Website “javascript://example.org/%0aalert(1)” is not a web address",
        ),
        (row("Alder", phone="ask them"), "Phone “ask them” is not a number"),
        (row("Alder", town="T" * 200), "Town has 200 characters; 120 fit"),
        (row("Alder", contact_name="N" * 201), "Contact person has 201 characters; 200 fit"),
        (row("", email="x"), "General e-mail “x” is not complete"),
    ],
)
def test_row_that_cannot_be_taken_says_why(cells, reason):
    assert fates(cells) == [(Fate.PROBLEM, reason)]


def test_every_reason_of_a_row_is_told():
    assert fates(row("A" * 300, email="x", phone="y"))[0][1].count(";") == 3


@pytest.mark.parametrize(
    ("target", "cell", "values"),
    [
        ("size", "12", {"size_band": SizeBand.SMALL}),
        ("size", "9", {"size_band": SizeBand.MICRO}),
        ("size", "1,200", {"size_band": SizeBand.LARGE}),
        ("size", "10-49", {"size_band": SizeBand.SMALL}),
        ("size", "50 to 249", {"size_band": SizeBand.MEDIUM}),
        ("size", "250 or more", {"size_band": SizeBand.LARGE}),
        ("nace", "C", {"nace_section": "C", "nace_division": ""}),
        ("nace", "25.62", {"nace_section": "C", "nace_division": "25"}),
        ("nace", "c25", {"nace_section": "C", "nace_division": "25"}),
        ("kind", "Public body", {"kind": Kind.PUBLIC_BODY}),
        ("kind", "ngo", {"kind": Kind.NGO}),
        ("distance_km", "6 km", {"distance_km": 6}),
        ("distance_km", "6,5", {"distance_km": 6}),
        ("capacity", "3.0", {"capacity": 3}),
        ("website", "alder.example.org/team", {"website": "https://alder.example.org/team"}),
        ("email", "<info@alder.example.org>", {"email": "info@alder.example.org"}),
        ("phone", "+49 (0) 555/117-0", {"phone": "+49 (0) 555/117-0"}),
        ("description", "one\ntwo", {"description": "one\ntwo"}),
        ("trade", "one\n  two", {"trade": "one two"}),
        ("owner", "Marta KELLER", {"owner_id": 3}),
    ],
)
def test_value_is_understood(target, cell, values):
    cleaned = clean_row(["Alder", cell], ["name", target], {"marta keller": 3})

    assert (cleaned.organisation, cleaned.problems) == ({"name": "Alder", **values}, [])


@pytest.mark.parametrize(
    ("target", "cell", "reason"),
    [
        ("size", "about 40", "Staff “about 40” is not a number"),
        ("size", "-5", "Staff “-5” is not a number"),
        ("distance_km", "99999999999", "Distance in km “99999999999” is not a number"),
        ("nace", "C56", "NACE code “C56” is not in NACE 2.1"),
        ("nace", "Glazing", "NACE code “Glazing” is not in NACE 2.1"),
        (
            "kind",
            "Club",
            "Kind “Club” is none of these: Business, Intermediary, Public body, Non-profit organisation, School",
        ),
        ("owner", "Nobody", "No coordinator is called “Nobody”"),
        ("description", "x" * 4001, "Notes has 4001 characters; 4000 fit"),
    ],
)
def test_value_that_does_not_fit_is_named(target, cell, reason):
    assert clean_row(["Alder", cell], ["name", target], {}).problems == [reason]


def test_value_too_many_is_a_problem_and_one_too_few_is_not():
    assert clean_row(["Alder", "", "extra"], ["name", "town"], {}).problems == [
        "The row has 3 values for 2 columns; perhaps quotation marks are missing around one"
    ]
    assert clean_row(["Alder"], ["name", "town"], {}).problems == []


def test_first_and_last_name_become_one():
    cleaned = clean_row(["Alder", "Ana", "Prieto"], ["name", "contact_first_name", "contact_last_name"], {})

    assert cleaned.person == {"name": "Ana Prieto"}


def test_address_without_a_person_reaches_the_firm():
    cleaned = clean_row(["Alder", "a@alder.example.org", "000 1"], ["name", "contact_email", "contact_phone"], {})

    assert cleaned.organisation == {"name": "Alder", "email": "a@alder.example.org", "phone": "000 1"}
    assert cleaned.person == {}


def test_several_notes_are_joined():
    assert (
        clean_row(["Alder", "one", "two"], ["name", "description", "description"], {}).organisation["description"]
        == "one\ntwo"
    )


def test_division_is_filled_only_within_its_own_sector():
    same = on_file("Alder", pk=1, nace_section="C", nace_division="")
    other = on_file("Birch", pk=2, nace_section="I", nace_division="")
    none = on_file("Cedar", pk=3, nace_section="", nace_division="")
    table = read_table(b"Name,NACE\nAlder,25\nBirch,25\nCedar,25\n")

    check(table, ["name", "nace"], rule=Rule.FILL, firms=Firms([same, other, none]), colleagues={})

    assert [firm.changes for firm in (same, other, none)] == [
        {"nace_division": "25"},
        {},
        {"nace_section": "C", "nace_division": "25"},
    ]


@pytest.mark.parametrize(
    "name", ["O'Neil", "Null", "عربي للتجارة", "👩‍🔧 Service", "Ng", "=1+1", "+49 Gasthaus", "@SUM(A1)", "Ltd"]
)
def test_unusual_names_are_names(name):
    [checked] = run(row(name))

    assert (checked.fate, checked.name) == (Fate.NEW, name)


def test_counts_add_up_to_all_rows():
    rows = run(
        row("Alder"),
        row("Alder", phone="1"),
        row("Alder"),
        row("", town="x"),
        row(KESTREL, phone="1"),
        known=(on_file(KESTREL),),
    )

    assert counts_of(rows) == {"new": 1, "joins": 1, "repeats": 1, "fills": 1, "exists": 0, "problem": 1}
