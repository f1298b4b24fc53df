"""Codes from an app, spare codes, and who needs them."""

import datetime as dt
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.secrets import decrypt, encrypt
from accounts.services import OwnRightsError, reset_second_factor
from tests.accounts.factories import PASSWORD, SchoolFactory, UserFactory

pytestmark = pytest.mark.django_db

APP = "/settings/second-factor/app/"
CODE = "/sign-in/code/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _school():
    cache.clear()
    SchoolFactory()


def code(secret=SECRET, steps=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def with_app(**fields):
    user = UserFactory(**fields)
    Authenticator.objects.create(user=user, type="totp", data={"secret": encrypt(SECRET)})
    return user


def by_password(user):
    client = Client()
    response = client.post("/sign-in/", {"login": user.email, "password": PASSWORD})
    return client, response


def is_in(client):
    return "_auth_user_id" in client.session


def test_connecting_an_app_gives_ten_spare_codes(mailoutbox, django_capture_on_commit_callbacks):
    user = UserFactory()
    client, _response = by_password(user)
    page = client.get(APP)
    secret = page.context["form"].secret

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(APP, {"code": code(secret)})
    codes = client.get(response["Location"]).context["unused_codes"]

    assert page.context["form"].spoken_secret.replace(" ", "") == secret
    assert page.context["totp_svg_data_uri"].startswith("data:image/svg+xml;base64,")
    assert response["Location"] == reverse("mfa_view_recovery_codes")
    assert len(set(codes)) == 10
    assert [mail.subject for mail in mailoutbox] == ["Your Tandem account was changed"]


def test_connecting_an_app_needs_its_code():
    user = UserFactory()
    client, _response = by_password(user)
    client.get(APP)

    response = client.post(APP, {"code": "000000"})

    assert "This code is not right" in response.content.decode()
    assert not Authenticator.objects.exists()


def test_secret_is_kept_encrypted():
    user = with_app()

    kept = Authenticator.objects.get(user=user).data["secret"]

    assert SECRET not in kept
    assert decrypt(kept) == SECRET


def test_secret_outlives_a_new_key_of_the_installation(settings):
    kept = encrypt(SECRET)

    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another one"

    assert decrypt(kept) == SECRET


def test_sign_in_asks_for_the_code():
    client, response = by_password(with_app())

    before = is_in(client)
    done = client.post(CODE, {"code": code()})

    assert response["Location"] == CODE
    assert not before
    assert is_in(client)
    assert done["Location"] == reverse("roadmap:today")


def test_code_works_once():
    user = with_app()
    first, _response = by_password(user)
    second, _response = by_password(user)
    same = code()

    first.post(CODE, {"code": same})
    response = second.post(CODE, {"code": same})

    assert is_in(first)
    assert not is_in(second)
    assert "was used already" in response.content.decode()


def test_spare_code_works_once(django_capture_on_commit_callbacks):
    user = UserFactory()
    client, _response = by_password(user)
    secret = client.get(APP).context["form"].secret
    client.post(APP, {"code": code(secret)})
    spare = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"][0]
    first, _response = by_password(user)
    second, _response = by_password(user)

    first.post(CODE, {"code": spare})
    second.post(CODE, {"code": spare})

    assert [is_in(first), is_in(second)] == [True, False]


def test_guessing_codes_is_limited():
    client, _response = by_password(with_app())

    answers = [client.post(CODE, {"code": f"{guess:06}"}) for guess in range(12)]
    response = client.post(CODE, {"code": code()})

    assert not is_in(client)
    assert "Too many attempts" in response.content.decode() or response.status_code == 429
    assert answers[0].status_code == 200


def test_new_password_does_not_skip_the_code(mailoutbox):
    user = with_app()
    user.set_password("seven wooden boats 5")
    user.save()
    client = Client()

    client.post("/sign-in/", {"login": user.email, "password": "seven wooden boats 5"})

    assert not is_in(client)


class TestForcedForAdministrators:
    @pytest.fixture(autouse=True)
    def _forced(self, settings):
        settings.SECOND_FACTOR_FOR_ADMINISTRATORS = True

    @pytest.mark.parametrize("name", ["roadmap:today", "accounts:settings", "admin:index", "admin:accounts_user_add"])
    def test_administrator_without_one_sees_only_the_page_that_sets_it_up(self, name):
        client, _response = by_password(UserFactory(administrator=True))

        got, posted = client.get(reverse(name)), client.post(reverse(name))

        assert [got.headers.get("Location"), posted.headers.get("Location")] == [APP, APP]
        assert client.get(APP).status_code == 200

    def test_administrator_without_one_may_leave(self):
        client, _response = by_password(UserFactory(administrator=True))

        client.post("/sign-out/")

        assert not is_in(client)

    def test_administrator_with_one_goes_on(self):
        client, _response = by_password(with_app(administrator=True))

        client.post(CODE, {"code": code()})

        assert client.get(reverse("admin:index")).status_code == 200

    def test_administrator_cannot_take_it_off(self):
        user = with_app(administrator=True)
        client, _response = by_password(user)
        client.post(CODE, {"code": code()})

        response = client.post("/settings/second-factor/app/off/")

        assert "it cannot be taken off" in response.content.decode()
        assert Authenticator.objects.filter(user=user).exists()

    @pytest.mark.parametrize("role", ["viewer", "coordinator", "director"])
    def test_others_are_not_asked(self, role):
        client, _response = by_password(UserFactory(role=role))

        assert client.get(reverse("accounts:settings")).status_code == 200

    def test_demo_administrator_is_not_asked(self, client_for):
        client = client_for(UserFactory(administrator=True, password=None))

        assert client.get(reverse("accounts:settings")).status_code == 200


def test_taking_it_off_needs_a_fresh_sign_in(time_machine):
    user = with_app()
    client, _response = by_password(user)
    client.post(CODE, {"code": code()})
    client.get("/settings/")
    fresh = client.get("/settings/second-factor/app/off/").status_code

    time_machine.move_to(timezone.now() + dt.timedelta(minutes=10))
    response = client.get("/settings/second-factor/app/off/")

    assert fresh == 200
    assert response["Location"].startswith("/sign-in/again/")


def test_own_second_factor_can_be_taken_off():
    user = with_app()
    client, _response = by_password(user)
    client.post(CODE, {"code": code()})
    client.get("/settings/")

    client.post("/settings/second-factor/app/off/")

    assert not Authenticator.objects.filter(user=user).exists()


def test_lost_phone_is_helped_by_an_administrator(mailoutbox):
    user, administrator = with_app(), UserFactory(administrator=True, name="Samir Patel")
    client, _response = by_password(user)
    client.post(CODE, {"code": code()})

    reset_second_factor(user=user, by=administrator)

    assert not Authenticator.objects.filter(user=user).exists()
    assert client.get("/settings/").status_code == 302
    assert "Samir Patel took the second factor off" in mailoutbox[-1].body


def test_nobody_resets_their_own_second_factor():
    administrator = with_app(administrator=True)

    with pytest.raises(OwnRightsError):
        reset_second_factor(user=administrator, by=administrator)

    assert Authenticator.objects.filter(user=administrator).exists()


def test_spare_codes_can_be_downloaded():
    user = UserFactory()
    client, _response = by_password(user)
    secret = client.get(APP).context["form"].secret
    client.post(APP, {"code": code(secret)})

    response = client.get("/settings/second-factor/codes/file/")

    assert response["Content-Disposition"].startswith("attachment")
    assert user.email in response.content.decode()
    assert len(response.content.decode().strip().splitlines()) == 13


def test_new_spare_codes_void_the_old_ones():
    user = UserFactory()
    client, _response = by_password(user)
    secret = client.get(APP).context["form"].secret
    client.post(APP, {"code": code(secret)})
    old = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]

    client.post("/settings/second-factor/codes/new/")

    assert set(old).isdisjoint(client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"])
