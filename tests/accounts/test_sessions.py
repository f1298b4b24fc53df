"""How long a session lasts, and what ends it at once."""

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from accounts.services import end_sessions, set_active
from tests.accounts.factories import SchoolFactory, UserFactory

pytestmark = pytest.mark.django_db

NINE = dt.datetime(2026, 3, 12, 9, tzinfo=dt.UTC)
PAGE = "/settings/"


@pytest.fixture(autouse=True)
def _school(time_machine):
    SchoolFactory()
    time_machine.move_to(NINE, tick=False)


def is_in(client):
    return client.get(PAGE).status_code == 200


@pytest.mark.parametrize(("minutes", "lasts"), [(59, True), (61, False)])
def test_session_ends_after_an_idle_hour(client_for, time_machine, minutes, lasts):
    client = client_for(UserFactory())
    client.get(PAGE)

    time_machine.move_to(NINE + dt.timedelta(minutes=minutes), tick=False)

    assert is_in(client) == lasts


@pytest.mark.parametrize(("hours", "lasts"), [(12, True), (12.5, False)])
def test_session_ends_after_twelve_hours_of_use(client_for, time_machine, hours, lasts):
    client = client_for(UserFactory())
    for half_hour in range(int(hours * 2)):
        time_machine.move_to(NINE + dt.timedelta(minutes=30 * half_hour), tick=False)
        client.get(PAGE)

    time_machine.move_to(NINE + dt.timedelta(hours=hours), tick=False)

    assert is_in(client) == lasts


def test_session_is_written_once_a_minute_at_most(client_for, time_machine, django_assert_max_num_queries):
    client = client_for(UserFactory())
    client.get(PAGE)
    written = Session.objects.get().expire_date

    time_machine.move_to(NINE + dt.timedelta(seconds=59), tick=False)
    client.get(PAGE)
    soon = Session.objects.get().expire_date
    time_machine.move_to(NINE + dt.timedelta(seconds=60), tick=False)
    client.get(PAGE)
    later = Session.objects.get().expire_date

    assert soon == written
    assert later - written == dt.timedelta(seconds=60)


def test_sign_in_page_says_that_the_session_ended(client_for, time_machine):
    client = client_for(UserFactory())
    client.get(PAGE)
    time_machine.move_to(NINE + dt.timedelta(hours=2), tick=False)

    response = client.get(PAGE, follow=True)

    assert response.redirect_chain == [("/sign-in/?next=/settings/&ended=1", 302)]
    assert "You were signed out." in response.content.decode()


def test_sign_in_page_says_that_a_text_is_kept(client_for, time_machine):
    client = client_for(UserFactory())
    client.get(PAGE)
    time_machine.move_to(NINE + dt.timedelta(hours=2), tick=False)

    response = client.post(PAGE, {"theme": "dark", "note": "What Dev said"}, follow=True)

    page = response.content.decode()
    assert "Nothing is lost." in page
    assert "Sign in and go on" in page
    assert "What Dev said" not in page


def test_htmx_is_led_to_a_page_that_says_so(client_for, time_machine):
    client = client_for(UserFactory())
    client.get(PAGE)
    time_machine.move_to(NINE + dt.timedelta(hours=2), tick=False)

    response = client.get(PAGE, headers={"HX-Request": "true"})

    assert response["HX-Redirect"].endswith("&ended=1")


def test_first_visit_is_not_told_of_a_session_that_never_was(client):
    assert client.get(PAGE)["Location"] == "/sign-in/?next=/settings/"


def test_deactivation_ends_sessions_at_once(client_for):
    user = UserFactory()
    client = client_for(user)

    set_active(user=user, by=UserFactory(administrator=True), is_active=False)

    assert not is_in(client)


def test_sessions_stay_ended_once_somebody_may_sign_in_again(client_for):
    user, administrator = UserFactory(), UserFactory(administrator=True)
    client = client_for(user)

    set_active(user=user, by=administrator, is_active=False)
    set_active(user=user, by=administrator, is_active=True)

    assert not is_in(client)


def test_sessions_end_on_every_device(client_for):
    user = UserFactory()
    clients = [client_for(user), client_for(user)]
    colleague = client_for(UserFactory())

    end_sessions(user=user, by=UserFactory(administrator=True))

    assert [is_in(client) for client in clients] == [False, False]
    assert is_in(colleague)


def test_role_is_asked_of_the_database_on_every_click(client_for):
    user = UserFactory(administrator=True)
    client = client_for(user)
    assert client.get(reverse("admin:index")).status_code == 200

    User.objects.filter(pk=user.pk).update(role=Role.VIEWER)

    assert client.get(reverse("admin:index")).status_code == 403


def test_list_shows_where_one_is_signed_in_and_ends_the_others(client):
    user = UserFactory()
    form = {"login": user.email, "password": "vale-bridge-lantern-9"}
    other = type(client)(HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0")
    other.post("/sign-in/", form)
    client.post("/sign-in/", form)

    page = client.get("/settings/sessions/").content.decode()
    client.post("/settings/sessions/")

    assert "Firefox on Windows" in page
    assert is_in(client)
    assert not is_in(other)
