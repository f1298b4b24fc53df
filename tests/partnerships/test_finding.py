"""What the search page finds of partners."""

import pytest

from partnerships.finding import find_organisations, find_people
from roadmap.search import words_of
from tests.partnerships.factories import ContactFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def names(find, query: str, limit: int = 5) -> list[str]:
    return [hit.title for hit in find(None, words_of(query), limit)]


def test_names_that_begin_so_come_first():
    for name in ("The Ngoma Bar", "Ngoma Ltd", "Angora"):
        OrganisationFactory(name=name)

    assert names(find_organisations, "ngo") == ["Ngoma Ltd", "Angora", "The Ngoma Bar"]


def test_two_letters_find_names_that_begin_so_alone():
    for name in ("Ng Metal", "Angora", "3M"):
        OrganisationFactory(name=name, email="ng@example.org")
    ContactFactory(name="Ng Li")

    assert names(find_organisations, "ng") == ["Ng Metal"]
    assert names(find_organisations, "3m") == ["3M"]
    assert names(find_people, "ng") == []


def test_people_are_found_by_name_place_and_number_in_the_order_of_names():
    ContactFactory(name="Rosa Lindqvist", phone="000 555-0185", organisation__name="Kestrel")
    ContactFactory(name="Dev Rosander", phone="")
    ContactFactory(name="Rosa Gone", archived=True)

    assert names(find_people, "rosa") == ["Dev Rosander", "Rosa Lindqvist"]
    assert names(find_people, "5550185") == ["Rosa Lindqvist"]


@pytest.mark.parametrize("query", ["kest", "ke"])
def test_finding_takes_as_many_queries_for_thirty_firms(query, query_count):
    OrganisationFactory(name="Kestrel")
    few = query_count(lambda: names(find_organisations, query, 60))

    OrganisationFactory.create_batch(29, name="Kestrel")

    assert query_count(lambda: names(find_organisations, query, 60)) == few
