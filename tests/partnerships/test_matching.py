import pytest

from partnerships.matching import domain_of, look_of, name_key, number_key, possible_duplicates
from tests.partnerships.factories import ContactFactory, OrganisationFactory


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kestrel Precision Ltd", "The Kestrel-Precision, Limited"),
        ("Marsh & Sons Joinery", "Marsh and Sons Joinery GmbH"),
        ("Café Größe", "cafe grosse"),
        ("Ltd", "ltd."),
    ],
)
def test_names_are_the_same(one, other):
    assert name_key(one) == name_key(other) != ""


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("https://www.kestrel.example.org/about", "kestrel.example.org"),
        ("kestrel.example.org", "kestrel.example.org"),
        ("dev@Kestrel.example.org", "kestrel.example.org"),
        ("dev@gmail.com", ""),
        ("https://facebook.com/kestrel", ""),
        ("http://[broken", ""),
        ("", ""),
    ],
)
def test_domain_of(address, domain):
    assert domain_of(address) == domain


def test_number_is_compared_by_letters_and_figures():
    assert number_key("LV 47-11/b") == number_key("lv4711B") == "lv4711b"


@pytest.fixture
def kestrel(db):
    return OrganisationFactory(
        name="Kestrel Precision Ltd",
        website="https://kestrel.example.org",
        email="info@kestrel.example.org",
        registration_number="LV 4711",
    )


@pytest.mark.parametrize(
    ("said", "reasons"),
    [
        ({"name": "kestrel precision"}, ("same name",)),
        (
            {"name": "Another", "website": "https://www.kestrel.example.org/jobs"},
            ("same web address kestrel.example.org",),
        ),
        ({"name": "Another", "emails": ["rosa@kestrel.example.org"]}, ("same web address kestrel.example.org",)),
        ({"name": "Another", "emails": ["INFO@kestrel.example.org"]}, ("same e-mail info@kestrel.example.org",)),
        ({"name": "Another", "registration_number": "lv-4711"}, ("same registration number",)),
        ({"name": "Another", "registration_number": "LV 4711"}, ("same registration number",)),
        (
            {"name": "Kestrel Precision", "registration_number": "LV4711"},
            ("same name", "same registration number"),
        ),
        ({"name": "Kestrel"}, ()),
        ({"name": "Another", "emails": ["rosa@gmail.com"]}, ()),
    ],
)
def test_duplicate_is_found_with_its_reasons(kestrel, said, reasons):
    matches = possible_duplicates(look_of(**said))

    assert [(match.organisation, match.reasons) for match in matches] == ([(kestrel, reasons)] if reasons else [])


def test_duplicate_is_found_by_the_address_of_a_person_there(db):
    person = ContactFactory(email="rosa@posteo.example.org")
    ContactFactory(email="rosa@posteo.example.org", archived=True)

    matches = possible_duplicates(look_of(name="Another", emails=["rosa@posteo.example.org"]))

    assert [match.organisation for match in matches] == [person.organisation]


def test_archived_and_the_record_itself_are_no_duplicates(kestrel):
    OrganisationFactory(name="Kestrel Precision", archived=True)

    assert possible_duplicates(look_of(name="Kestrel Precision"), but=kestrel.pk) == []


def test_looking_for_duplicates_costs_the_same_however_many_there_are(kestrel, query_count):
    look = look_of(name="Kestrel Precision", emails=["info@kestrel.example.org"], registration_number="LV 4711")
    with_one = query_count(lambda: possible_duplicates(look))
    for _ in range(30):
        OrganisationFactory(name="Kestrel Precision", email="info@kestrel.example.org")

    assert query_count(lambda: possible_duplicates(look)) == with_one
