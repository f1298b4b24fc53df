"""Every URL × role × method against one table; whatever is refused writes nothing."""

from http import HTTPStatus

import pytest
from django.contrib.auth.models import update_last_login
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from tests.accounts.factories import SchoolFactory, UserFactory
from tests.digest import written_tables
from tests.permissions import ANONYMOUS, CASES, urls
from tests.permissions.document import COMMAND, PATH, written
from tests.permissions.table import TABLE
from tests.public_pages import PUBLIC

# A form whose session ended is kept until its sender has signed in again.
LEFT_BY_VISITORS = {"ui_draft"}
CHANGING_NOTHING = ("HEAD", "PUT", "DELETE")
SENDING_THEM = {ANONYMOUS, Role.COORDINATOR, Role.ADMINISTRATOR}


def test_every_url_stands_in_the_table():
    assert sorted(set(urls()) - set(TABLE)) == []


def test_the_table_names_only_urls_that_exist():
    assert sorted(set(TABLE) - set(urls())) == []


def test_every_url_has_a_name():
    assert [name for name, pattern in urls().items() if not pattern.name] == []


def test_pages_for_people_without_an_account_are_those_on_the_short_list():
    assert {name for name, row in TABLE.items() if row.anonymous} == set(PUBLIC) & set(urls())


@pytest.fixture(autouse=True)
def _no_tries_counted():
    cache.clear()


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", sorted(TABLE))
def test_url_lets_in_whom_it_should(name: str, case: str, db: None):
    row = TABLE[name]
    SchoolFactory()
    user = None if case == ANONYMOUS else UserFactory(role=Role(case))
    client = Client()
    if user:
        client.force_login(user)
    url = reverse(name, kwargs=row.make(user))

    with written_tables() as written:
        others = [client.generic(method, url).status_code for method in CHANGING_NOTHING if case in SENDING_THEM]
        got = client.get(url)
        posted = client.post(url, row.data) if not row.lets_in("POST", case) else None

    assert written <= (LEFT_BY_VISITORS if case == ANONYMOUS else set())
    assert got.status_code == row.expected("GET", case)
    assert max(others, default=0) < HTTPStatus.INTERNAL_SERVER_ERROR
    if case == ANONYMOUS and not row.anonymous:
        assert got["Location"].startswith(reverse("account_login"))
    if posted is None:
        posted = client.post(url, row.data)
    assert posted.status_code == row.expected("POST", case)


def test_what_a_statement_writes_to_is_noticed_even_if_no_row_changes(school, coordinator):
    with written_tables() as written:
        type(school).objects.filter(pk=0).update(name="Elsewhere")
        type(school).objects.select_for_update().first()
        update_last_login(None, coordinator)

    assert written == {"accounts_school"}


def test_the_document_says_what_is_held_here():
    assert PATH.read_text() == written(), COMMAND
