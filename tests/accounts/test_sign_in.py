"""Signing in and out: what opens, what tells nothing, what is limited."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts import demo
from accounts.enums import Role
from tests.accounts.factories import PASSWORD, SchoolFactory, UserFactory

pytestmark = pytest.mark.django_db

SIGN_IN = "/sign-in/"
OFF_SITE = [
    "//evil.example.com",
    "https://evil.example.com/",
    "http:///evil.example.com",
    "https:evil.example.com",
    r"/\evil.example.com",
    "\t//evil.example.com",
    "javascript:alert(1)",
    "https://testserver@evil.example.com/",
]


@pytest.fixture(autouse=True)
def _school():
    cache.clear()
    SchoolFactory()


def sign_in(client, user, password=PASSWORD, **extra):
    return client.post(SIGN_IN, {"login": user.email, "password": password}, **extra)


def without_csrf(response):
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", response.content)


def test_sign_in_leads_to_today(client):
    response = sign_in(client, UserFactory())

    assert response.status_code == 302
    assert response["Location"] == reverse("roadmap:today")


def test_sign_in_accepts_the_address_in_capitals(client):
    user = UserFactory(email="m.keller@lindenvale.example.org")

    response = client.post(SIGN_IN, {"login": "M.Keller@LindenVale.example.org", "password": PASSWORD})

    assert response.status_code == 302
    assert int(client.session["_auth_user_id"]) == user.pk


@pytest.mark.parametrize(
    "case",
    ["unknown", "wrong password", "deactivated", "invited"],
)
def test_refusals_tell_one_account_from_another_by_nothing(client, case):
    known = UserFactory(email="known@lindenvale.example.org")
    UserFactory(email="gone@lindenvale.example.org", deactivated=True)
    UserFactory(email="new@lindenvale.example.org", invited=True)
    reference = client.post(SIGN_IN, {"login": known.email, "password": "not this one, surely"})
    login, password = {
        "unknown": ("nobody@lindenvale.example.org", PASSWORD),
        "wrong password": (known.email, "not that one either"),
        "deactivated": ("gone@lindenvale.example.org", PASSWORD),
        "invited": ("new@lindenvale.example.org", PASSWORD),
    }[case]

    response = client.post(SIGN_IN, {"login": login, "password": password})

    assert response.status_code == reference.status_code == 200
    blank = {known.email.encode(): b"", login.encode(): b""}
    pages = [without_csrf(response), without_csrf(reference)]
    for address in blank:
        pages = [page.replace(address, b"") for page in pages]
    assert pages[0] == pages[1]
    assert "_auth_user_id" not in client.session


def test_sign_in_changes_the_key_of_the_session(client):
    client.get(SIGN_IN)
    client.session.save()
    before = client.session.session_key

    sign_in(client, UserFactory())

    assert client.session.session_key != before


def test_sign_in_from_another_site_is_refused():
    client = Client(enforce_csrf_checks=True)

    response = sign_in(client, UserFactory())

    assert response.status_code == 403
    assert "_auth_user_id" not in client.session


def test_sign_out_asks_first_and_acts_on_post_only(client):
    client.force_login(UserFactory())

    shown = client.get("/sign-out/")
    still_in = "_auth_user_id" in client.session
    client.post("/sign-out/")

    assert (shown.status_code, still_in) == (200, True)
    assert "_auth_user_id" not in client.session


def test_sign_out_leaves_an_old_cookie_worthless(client):
    client.force_login(UserFactory())
    old = client.cookies["sessionid"].value
    client.post("/sign-out/")
    thief = Client()
    thief.cookies["sessionid"] = old

    response = thief.get(reverse("accounts:settings"))

    assert response["Location"].startswith(SIGN_IN)


@pytest.mark.parametrize("target", OFF_SITE)
def test_sign_in_leads_nowhere_else(client, target):
    response = client.post(SIGN_IN, {"login": UserFactory().email, "password": PASSWORD, "next": target})

    assert response["Location"] == reverse("roadmap:today")


@pytest.mark.parametrize("target", OFF_SITE)
def test_sign_out_leads_nowhere_else(client, target):
    client.force_login(UserFactory())

    response = client.post("/sign-out/", {"next": target})

    assert response["Location"] == SIGN_IN


@pytest.mark.parametrize("target", OFF_SITE)
def test_visiting_sign_in_while_signed_in_leads_nowhere_else(client, target):
    client.force_login(UserFactory())

    response = client.get(SIGN_IN, {"next": target})

    assert response["Location"] == reverse("roadmap:today")


@pytest.mark.parametrize("target", OFF_SITE)
def test_confirming_the_password_leads_nowhere_else(client, target):
    client.force_login(UserFactory())

    response = client.post("/sign-in/again/", {"password": PASSWORD, "next": target})

    assert response["Location"] == reverse("roadmap:today")


def test_sign_in_goes_on_to_a_page_of_ours(client):
    response = client.post(SIGN_IN, {"login": UserFactory().email, "password": PASSWORD, "next": "/settings/"})

    assert response["Location"] == "/settings/"


def test_wrong_passwords_from_one_network_are_limited(client):
    users = UserFactory.create_batch(21)

    for user in users:
        response = sign_in(client, user, "wrong password 1")
    response = sign_in(client, users[0])

    assert "Too many attempts" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_wrong_passwords_for_one_account_are_limited_over_many_networks(client):
    user = UserFactory()

    for number in range(21):
        sign_in(client, user, "wrong password 1", REMOTE_ADDR=f"192.0.2.{number}")
    response = sign_in(client, user, REMOTE_ADDR="192.0.2.99")

    assert "Too many attempts" in response.content.decode()


def test_an_invented_forwarding_header_does_not_evade_the_limit(client):
    users = UserFactory.create_batch(15)

    for number, user in enumerate(users):
        response = sign_in(client, user, "wrong password 1", HTTP_X_FORWARDED_FOR=f"192.0.2.{number}")

    assert "Too many attempts" in response.content.decode()


def test_page_names_who_can_add_an_account(client):
    UserFactory(administrator=True, name="Samir Patel")
    UserFactory(administrator=True, deactivated=True, name="Tomas Reyes")

    page = client.get(SIGN_IN).content.decode()

    assert "Samir Patel" in page
    assert "Tomas Reyes" not in page


@pytest.mark.parametrize(
    "name", ["account_signup", "account_email", "account_confirm_login_code", "account_set_password"]
)
def test_pages_of_the_library_that_nobody_needs_do_not_exist(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize("path", ["signup", "email", "confirm-email", "login/code/confirm", "inactive", "2fa"])
def test_addresses_of_the_library_are_empty(client, path):
    assert client.get(f"/sign-in/{path}/").status_code == 404


class TestDemo:
    @pytest.fixture(autouse=True)
    def _people(self, settings):
        settings.DEMO = True
        for role, email in demo.DEMO_SIGN_INS.items():
            UserFactory(email=email, role=role, password=None)

    @pytest.mark.parametrize("role", demo.DEMO_SIGN_INS)
    def test_demo_sign_in_needs_one_click(self, client, role):
        page = client.get(SIGN_IN).content.decode()
        response = client.post(f"/sign-in/demo/{role}/")

        assert f"/sign-in/demo/{role}/" in page
        assert response["Location"] == reverse("roadmap:today")
        assert client.get(reverse("accounts:settings")).context["request"].user.role == role

    def test_demo_sign_in_does_not_exist_elsewhere(self, client, settings):
        settings.DEMO = False

        page = client.get(SIGN_IN).content.decode()
        response = client.post("/sign-in/demo/administrator/")

        assert "/sign-in/demo/" not in page
        assert response.status_code == 404
        assert "_auth_user_id" not in client.session

    @pytest.mark.parametrize("role", [Role.VIEWER, "superuser"])
    def test_demo_sign_in_knows_three_roles(self, client, role):
        assert client.post(f"/sign-in/demo/{role}/").status_code == 404

    def test_demo_sign_in_is_no_link(self, client):
        assert client.get("/sign-in/demo/administrator/").status_code == 405

    def test_demo_sign_in_from_another_site_is_refused(self):
        assert Client(enforce_csrf_checks=True).post("/sign-in/demo/coordinator/").status_code == 403

    def test_demo_sign_in_of_somebody_deactivated_is_refused(self, client):
        UserFactory._meta.model.objects.update(is_active=False)

        assert client.post("/sign-in/demo/coordinator/").status_code == 404

    def test_demo_sign_in_goes_on_to_a_page_of_ours(self, client):
        ours = client.post("/sign-in/demo/coordinator/", {"next": "/settings/"})["Location"]
        client.logout()
        theirs = client.post("/sign-in/demo/coordinator/", {"next": "//evil.example.com"})["Location"]

        assert (ours, theirs) == ("/settings/", reverse("roadmap:today"))
