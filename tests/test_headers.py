"""What every answer tells the browser, and that no answer leads it away from us."""

from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path, reverse

from accounts.enums import Role
from config.urls import urlpatterns as product_urls
from tests.accounts.factories import SchoolFactory, UserFactory
from tests.permissions import Row
from tests.permissions.table import TABLE

OFF_SITE = [
    "//evil.example.com/",
    "https://evil.example.com/",
    r"/\evil.example.com",
    "\t//evil.example.com",
    "https:evil.example.com",
]
ASKING_WHERE_TO = ("next", "back", "return", "return_to", "url")
PLACES = {"", "testserver"}


@pytest.fixture(autouse=True)
def _school(db):
    cache.clear()
    SchoolFactory()


def somebody_let_in(row: Row):
    """Return a person whom this page lets in, where there is one, else a coordinator."""
    allowed = row.post or row.get
    role = allowed.roles[0] if allowed and allowed.roles else Role.COORDINATOR
    return UserFactory(role=role)


def is_safe(response):
    policy = response["Content-Security-Policy"]
    return {
        "default-src 'none'" in policy,
        "unsafe" not in policy,
        response["X-Content-Type-Options"] == "nosniff",
        response["Referrer-Policy"] == "same-origin",
        response["X-Frame-Options"] == "DENY",
        response["Cross-Origin-Opener-Policy"] == "same-origin",
    } == {True}


def read(response):
    """Read the answer to its end, as a browser would."""
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize("name", sorted(TABLE))
def test_every_answer_tells_the_browser_to_be_careful_and_leads_to_no_other_site(name):
    row = TABLE[name]
    user = somebody_let_in(row)
    inside, outside = Client(), Client()
    inside.force_login(user)
    url = reverse(name, kwargs=row.make(user))
    target = OFF_SITE[sorted(TABLE).index(name) % len(OFF_SITE)]
    asked = dict.fromkeys(ASKING_WHERE_TO, target)
    lured = {"headers": {"Referer": "https://evil.example.com/"}}

    answers = [outside.get(url), inside.get(url, asked, **lured), inside.post(url, {**row.data, **asked}, **lured)]

    assert [is_safe(response) for response in answers] == [True, True, True]
    assert {urlsplit(answer.headers.get("Location", "")).netloc for answer in answers} <= PLACES
    assert not any("evil.example.com" in answer.headers.get("Location", "").split("?")[0] for answer in answers)
    assert all(read(answer) is not None for answer in answers)


def broken(_request):
    raise ZeroDivisionError


def forbidden(_request):
    raise PermissionDenied


class Planted:
    """The product's site map with pages that go wrong, and one without care as a control."""

    urlpatterns = [
        *product_urls,
        path("broken/", broken),
        path("forbidden/", forbidden),
        path("careless/", lambda _request: HttpResponse("x", headers={"X-Frame-Options": "SAMEORIGIN"})),
    ]


@pytest.mark.parametrize(
    ("address", "status"), [("/nowhere/", 404), ("/broken/", 500), ("/forbidden/", 403), ("/sign-in/demo/viewer/", 405)]
)
def test_pages_of_errors_are_careful_too_and_say_nothing_of_the_inside(address, status):
    client = Client(raise_request_exception=False)
    client.force_login(UserFactory())

    with override_settings(ROOT_URLCONF=Planted):
        response = client.get(address)

    page = read(response).decode()
    assert response.status_code == status
    assert is_safe(response)
    assert not any(
        word in page for word in ("Traceback", "ZeroDivisionError", str(settings.BASE_DIR), "SELECT ", "SECRET")
    )


def test_the_check_finds_a_careless_page():
    client = Client()
    client.force_login(UserFactory())

    with override_settings(ROOT_URLCONF=Planted):
        response = client.get("/careless/")

    assert not is_safe(response)
