"""Pages behind emailed links: opening does nothing, a link opens one page, and a dead one shows nothing.

Every URL below /t/ with a token is found in the resolver; `tests/tokens.py` makes a live link for each.
"""

import datetime as dt
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mailing.models import EmailedLink, new_token
from tests.accounts.factories import SchoolFactory
from tests.digest import changed_tables, database_digest
from tests.permissions import urls
from tests.tokens import LINKS

OPENED = frozenset({"first_opened_at"})
ROBOTS = [
    "Mozilla/5.0 (compatible; Barracuda Sentinel)",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) SafeLinks/1.0",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Mimecast-URL-Protect",
    "curl/8.5.0",
]
SHOWING = sorted(name for name, link in LINKS.items() if link.opens)
WITH_TABLE = sorted(name for name, link in LINKS.items() if link.model)


@pytest.fixture(autouse=True)
def _place(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    cache.clear()
    SchoolFactory()


def address(name, token):
    return reverse(name, kwargs={"token": token})


def token_urls():
    """Return the names of all pages that a token opens for people without an account."""
    return {
        name
        for name, pattern in urls().items()
        if "token" in pattern.pattern.converters and getattr(pattern.callback, "login_required", True) is False
    }


def content_of(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def status_of(response):
    """Read the answer to its end, as a browser would, and return its status."""
    content_of(response)
    return response.status_code


def test_every_page_behind_a_link_is_swept():
    assert token_urls() == set(LINKS)


def test_every_kind_of_link_is_swept():
    assert set(EmailedLink.__subclasses__()) - {link.model for link in LINKS.values()} == _trial_links()


def _trial_links():
    return {model for model in EmailedLink.__subclasses__() if model.__module__.startswith("tests.")}


@pytest.mark.parametrize("name", LINKS)
def test_opening_by_robots_does_nothing(name):
    url = address(name, LINKS[name].make())
    before = database_digest(but_columns=OPENED)

    for robot in ROBOTS:
        client = Client(HTTP_USER_AGENT=robot)
        for send in (client.get, client.head, client.options):
            status_of(send(url))

    assert changed_tables(before, database_digest(but_columns=OPENED)) == []


@pytest.mark.parametrize("name", LINKS)
def test_sending_an_empty_form_does_nothing(client, name):
    url = address(name, LINKS[name].make())
    before = database_digest(but_columns=OPENED)

    client.post(url)
    client.post(url, {"sent": "yes"})

    assert changed_tables(before, database_digest(but_columns=OPENED)) == []


@pytest.mark.parametrize("name", SHOWING)
def test_link_may_be_opened_as_often_as_one_likes(client, name):
    url = address(name, LINKS[name].make())

    answers = {status_of(client.get(url)) for _turn in range(20)}

    assert answers == {200}


@pytest.mark.parametrize("name", SHOWING)
def test_live_link_shows_what_it_is_about(client, name):
    link = LINKS[name]

    response = client.get(address(name, link.make()))
    page = content_of(response)

    assert link.shows.encode() in page


@pytest.mark.parametrize("name", SHOWING)
def test_unknown_token_shows_a_page_without_data(client, name):
    link = LINKS[name]
    link.make()

    response = client.get(address(name, new_token()))

    assert response.status_code == 404
    assert not link.shows or link.shows.encode() not in content_of(response)


@pytest.mark.parametrize(
    "end",
    [
        {"expires_at": timezone.now() - dt.timedelta(seconds=1)},
        {"revoked_at": timezone.now()},
        {"completed_at": timezone.now(), "expires_at": timezone.now() - dt.timedelta(seconds=1)},
    ],
    ids=["run out", "revoked", "used and run out"],
)
@pytest.mark.parametrize("name", WITH_TABLE)
def test_dead_link_shows_a_page_without_data(client, name, end):
    link = LINKS[name]
    url = address(name, link.make())
    link.model.objects.update(**end)

    answers = [client.get(url), client.post(url, {"sent": "yes"})]

    assert answers[0].status_code == 410
    for response in answers:
        assert not link.shows or link.shows.encode() not in content_of(response)


@pytest.mark.parametrize("name", WITH_TABLE)
def test_link_ends_at_its_second(client, name, time_machine):
    link = LINKS[name]
    moment = dt.datetime(2026, 3, 12, 9, tzinfo=dt.UTC)
    time_machine.move_to(moment - dt.timedelta(days=1), tick=False)
    url = address(name, link.make())
    link.model.objects.update(expires_at=moment)

    time_machine.move_to(moment - dt.timedelta(seconds=1), tick=False)
    last = status_of(client.get(url))
    time_machine.move_to(moment, tick=False)
    over = status_of(client.get(url))

    assert (last, over) == (200, 410)


@pytest.mark.parametrize("name", SHOWING)
def test_link_opens_no_page_of_another_purpose(client, name):
    others = [link for link in LINKS.values() if link.purpose != LINKS[name].purpose]

    answers = {status_of(client.get(address(name, link.make()))) for link in others}

    assert answers == {404}


@pytest.mark.parametrize("state", ["live", "unknown"])
@pytest.mark.parametrize("name", SHOWING)
def test_page_is_kept_by_no_cache_and_listed_nowhere(client, name, state):
    token = LINKS[name].make() if state == "live" else new_token()

    response = client.get(address(name, token))
    status_of(response)

    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"].startswith("noindex")
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", SHOWING)
def test_guessing_tokens_is_stopped_for_one_network_only(client, name):
    guesses = [client.get(address(name, new_token()), REMOTE_ADDR="192.0.2.1").status_code for _turn in range(40)]
    same_network = status_of(client.get(address(name, LINKS[name].make()), REMOTE_ADDR="192.0.2.1"))
    elsewhere = status_of(client.get(address(name, LINKS[name].make()), REMOTE_ADDR="198.51.100.7"))

    assert guesses[-1] == same_network == 429
    assert elsewhere == 200


def test_addresses_of_one_household_count_together(client):
    name = SHOWING[0]

    for number in range(200):
        response = client.get(address(name, new_token()), REMOTE_ADDR=f"2001:db8:1:2::{number:x}")

    assert response.status_code == 429


@pytest.mark.parametrize("name", WITH_TABLE)
def test_database_holds_no_token(name):
    token = LINKS[name].make()

    with connection.cursor() as cursor:
        found = [table for table in connection.introspection.table_names(cursor) if _holds(cursor, table, token)]

    assert found == []


def _holds(cursor, table, text):
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - tables of our own
    return any(text in str(value) for row in cursor.fetchall() for value in row)


def test_tokens_are_long_and_share_nothing():
    tokens = [new_token() for _turn in range(10_000)]

    assert len(set(tokens)) == 10_000
    assert min(map(len, tokens)) >= 43
    assert len({token[:8] for token in tokens}) == 10_000


@pytest.mark.parametrize("name", WITH_TABLE)
def test_another_record_cannot_be_named_in_a_form(client, name):
    link = LINKS[name]
    theirs, other = link.make(), link.make()
    mine = address(name, theirs)
    before = database_digest(but_columns=OPENED)
    row = link.model.objects.by_token(other).get()
    extra = dict.fromkeys(("id", "pk", "link", "signatory", "invitation", "agreement", "partner", "token"), row.pk)

    client.post(mine, extra)

    assert changed_tables(before, database_digest(but_columns=OPENED)) == []


def test_addresses_of_links_are_made_in_one_way():
    pieces = [Path(django_settings.BASE_DIR, app) for app in django_settings.TANDEM_APPS]
    sources = [path for piece in pieces for path in piece.rglob("*.py") if "migrations" not in path.parts]

    assert [str(path) for path in sources if "uuid1(" in path.read_text() or "random.choice" in path.read_text()] == []
