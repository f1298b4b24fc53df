"""Setting, changing and forgetting a password; links that do it."""

import datetime as dt
import re
import statistics
import time

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.services import send_password_link
from mailing.models import Message
from mailing.sealing import unseal
from tests.accounts.factories import PASSWORD, SchoolFactory, UserFactory

pytestmark = pytest.mark.django_db

FORGOTTEN = "/sign-in/forgotten/"
NEW = "seven wooden boats 5"
LINK = re.compile(r"https?://\S+/sign-in/password/\S+")


@pytest.fixture(autouse=True)
def _school():
    cache.clear()
    SchoolFactory()


def link_in(mail):
    return LINK.search(mail.body).group()


def path_of(url):
    return "/" + url.split("/", 3)[3]


def use(client, url, password=NEW):
    """Open a link and set a password; return the page after that."""
    form = client.get(path_of(url), follow=True)
    if not form.redirect_chain:
        return form
    return client.post(form.redirect_chain[-1][0], {"password1": password, "password2": password})


def set_by(client, url):
    return use(client, url).status_code == 302


def can_sign_in(user, password):
    cache.clear()
    client = Client()
    client.post("/sign-in/", {"login": user.email, "password": password})
    return "_auth_user_id" in client.session


def test_link_sets_a_new_password(client, mailoutbox):
    user = UserFactory()

    client.post(FORGOTTEN, {"email": user.email})
    response = use(client, link_in(mailoutbox[0]))

    assert response["Location"] == "/sign-in/password/set/"
    assert can_sign_in(user, NEW)
    assert not can_sign_in(user, PASSWORD)


def test_link_is_for_this_installation_whatever_the_request_says(client, mailoutbox, settings):
    settings.ALLOWED_HOSTS = ["*"]

    client.post(
        FORGOTTEN, {"email": UserFactory().email}, HTTP_HOST="evil.example.com", HTTP_X_FORWARDED_HOST="evil.com"
    )

    assert link_in(mailoutbox[0]).startswith(f"{settings.SITE_URL}/")
    assert "evil" not in mailoutbox[0].body + str(mailoutbox[0].alternatives)


def test_another_host_is_refused(client):
    assert client.post(FORGOTTEN, {"email": UserFactory().email}, HTTP_HOST="evil.example.com").status_code == 400


def test_mail_leaves_through_the_outbox_and_shows_no_secret(client, settings):
    settings.EMAIL_BACKEND = "mailing.backends.OutboxBackend"
    user = UserFactory()

    client.post(FORGOTTEN, {"email": user.email})

    message = Message.objects.get()
    assert message.to_email == user.email
    assert LINK.search(unseal(message.body)["text"])
    assert "/sign-in/password/" not in message.preview + message.subject


@pytest.mark.parametrize("email", ["known@lindenvale.example.org", "nobody@lindenvale.example.org"])
def test_asking_for_a_link_gets_the_same_answer_for_everybody(client, email):
    UserFactory(email="known@lindenvale.example.org")

    response = client.post(FORGOTTEN, {"email": email}, follow=True)

    assert response.redirect_chain == [("/sign-in/forgotten/sent/", 302)]
    assert email not in response.content.decode()


def test_deactivated_colleague_gets_no_link(client, mailoutbox):
    client.post(FORGOTTEN, {"email": UserFactory(deactivated=True).email})

    assert mailoutbox == []


@pytest.mark.slow
def test_asking_for_a_link_takes_as_long_for_everybody(client):
    UserFactory(email="known@lindenvale.example.org")
    times = {"known": [], "nobody": []}

    for _turn in range(15):
        for name, taken in times.items():
            cache.clear()
            started = time.perf_counter()
            client.post(FORGOTTEN, {"email": f"{name}@lindenvale.example.org"})
            taken.append(time.perf_counter() - started)

    known, nobody = (statistics.median(taken) for taken in times.values())
    assert abs(known - nobody) < 0.02


def test_asking_too_often_is_limited(client, mailoutbox):
    user = UserFactory()

    answers = [client.post(FORGOTTEN, {"email": user.email}).status_code for _turn in range(7)]

    assert answers == [302] * 5 + [429] * 2
    assert len(mailoutbox) == 5


def test_link_works_once(client, mailoutbox):
    user = UserFactory()
    send_password_link(user=user)
    use(client, link_in(mailoutbox[0]))

    assert not set_by(Client(), link_in(mailoutbox[0]))


def test_opening_a_link_often_does_not_use_it_up(client, mailoutbox):
    send_password_link(user=UserFactory())
    url = link_in(mailoutbox[0])

    for _turn in range(20):
        Client().get(path_of(url))

    assert set_by(client, url)


def test_newer_link_ends_the_older_one(client, mailoutbox):
    user = UserFactory()
    send_password_link(user=user)
    send_password_link(user=user)
    older, newer = map(link_in, mailoutbox)

    assert not set_by(Client(), older)
    assert set_by(client, newer)


@pytest.mark.parametrize(
    "change",
    [
        {"email": "somewhere.else@lindenvale.example.org"},
        {"is_active": False},
        {"last_login": dt.datetime(2026, 3, 12, tzinfo=dt.UTC)},
        {"password": "!"},
    ],
    ids=["new address", "deactivated", "signed in", "password taken away"],
)
def test_link_dies_with_the_account_as_it_was(client, mailoutbox, change):
    user = UserFactory()
    send_password_link(user=user)
    type(user).objects.filter(pk=user.pk).update(**change)

    assert not set_by(client, link_in(mailoutbox[0]))


def test_link_lasts_an_hour(client, mailoutbox, time_machine):
    time_machine.move_to(dt.datetime(2026, 3, 12, 9, tzinfo=dt.UTC), tick=False)
    send_password_link(user=UserFactory())
    url = link_in(mailoutbox[0])

    time_machine.move_to(dt.datetime(2026, 3, 12, 10, tzinfo=dt.UTC), tick=False)
    in_time = client.get(path_of(url)).status_code
    time_machine.move_to(dt.datetime(2026, 3, 12, 10, 0, 1, tzinfo=dt.UTC), tick=False)
    too_late = client.get(path_of(url)).status_code

    assert (in_time, too_late) == (302, 200)


def test_dead_link_says_how_to_get_a_new_one(client):
    page = client.get("/sign-in/password/1-abc-def/").content.decode()

    assert "This link does not work" in page
    assert FORGOTTEN in page


def test_setting_a_password_signs_out_everywhere(client, mailoutbox, client_for):
    user = UserFactory()
    elsewhere = client_for(user)
    send_password_link(user=user)

    use(client, link_in(mailoutbox[0]))

    assert elsewhere.get(reverse("accounts:settings")).status_code == 302


def test_setting_a_password_forgets_failed_attempts(client, mailoutbox):
    user = UserFactory()
    for _turn in range(6):
        client.post("/sign-in/", {"login": user.email, "password": "wrong password 1"})
    send_password_link(user=user)

    use(client, link_in(mailoutbox[0]))
    client.post("/sign-in/", {"login": user.email, "password": NEW})

    assert "_auth_user_id" in client.session


def test_changing_the_password_signs_out_elsewhere_and_stays_here(client_for, mailoutbox):
    user = UserFactory()
    here, elsewhere = client_for(user), client_for(user)
    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}

    response = here.post("/settings/password/", form)

    assert response.status_code == 302
    assert here.get(reverse("accounts:settings")).status_code == 200
    assert elsewhere.get(reverse("accounts:settings")).status_code == 302
    assert [mail.subject for mail in mailoutbox] == ["Your Tandem account was changed"]


def test_changing_the_password_needs_the_old_one(client_for):
    user = UserFactory()

    client_for(user).post("/settings/password/", {"oldpassword": "wrong", "password1": NEW, "password2": NEW})

    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_changing_the_password_writes_nothing_else_of_the_row(client_for):
    user = UserFactory()
    client = client_for(user)
    type(user).objects.filter(pk=user.pk).update(name="Renamed meanwhile")

    client.post("/settings/password/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})

    user.refresh_from_db()
    assert user.name == "Renamed meanwhile"
    assert user.check_password(NEW)


def test_whoever_has_no_password_has_none_to_change(client_for):
    response = client_for(UserFactory(password=None)).get("/settings/password/")

    assert response["Location"] == reverse("accounts:settings")


@pytest.mark.parametrize(
    ("password", "is_good"),
    [
        ("seven wood 5", True),
        ("seven wood5", False),
        ("🚲" * 12, True),
        ("correct horse battery staple correct horse battery staple correct horse", True),
        ("password1234", False),
        ("123456789012", False),
        ("Linden Vale Vocational College", False),
        ("lindenvalecollege1", False),
        ("the road from Linden Vale College to the mill and back", True),
        ("colleague.seven@lindenvale", False),
    ],
)
def test_password_is_long_and_hard_to_guess(client, mailoutbox, password, is_good):
    user = UserFactory(email="colleague.seven@lindenvale.example.org")
    send_password_link(user=user)

    response = use(client, link_in(mailoutbox[0]), password)

    assert (response.status_code == 302) == is_good
