"""Settings, and the school's logo."""

import io

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image

from accounts.enums import Role
from accounts.models import School
from accounts.services import save_school
from tests.accounts.factories import SchoolFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _school():
    SchoolFactory()


@pytest.mark.parametrize("role", Role)
def test_everybody_has_settings(client_for, role):
    page = client_for(UserFactory(role=role)).get("/settings/").content.decode()

    assert "/settings/second-factor/" in page
    assert "/settings/sessions/" in page
    assert ("/admin/accounts/user/" in page) == (role == Role.ADMINISTRATOR)


def test_settings_save_appearance_keys_and_reminder(client_for):
    user = UserFactory()
    client = client_for(user)

    response = client.post("/settings/", {"theme": "dark"}, follow=True)

    user.refresh_from_db()
    assert (user.theme, user.keyboard_shortcuts, user.morning_reminder) == ("dark", False, False)
    assert "Your settings are saved." in response.content.decode()
    assert 'data-bs-theme="dark"' in response.content.decode()


def test_settings_refuse_a_theme_that_does_not_exist(client_for):
    response = client_for(UserFactory()).post("/settings/", {"theme": "neon"})

    assert response.status_code == 422
    assert "<title>Error:" in response.content.decode()


def test_settings_change_nothing_but_what_they_show(client_for):
    user = UserFactory(viewer=True)

    client_for(user).post("/settings/", {"theme": "light", "role": "administrator", "is_active": "", "email": "x@y.z"})

    user.refresh_from_db()
    assert (user.role, user.is_active, user.theme) == (Role.VIEWER, True, "light")
    assert user.email.endswith("lindenvale.example.org")


def test_administrator_sees_what_needs_somebody(client_for):
    UserFactory.create_batch(2)
    UserFactory(invited=True)

    page = client_for(UserFactory(administrator=True)).get("/settings/").content.decode()

    assert "4 people" in page
    assert "3 without a second factor" in page
    assert "1 invitation open" in page


@pytest.mark.parametrize("people", [1, 30])
def test_settings_take_the_same_number_of_queries(client_for, query_count, people):
    UserFactory.create_batch(people)
    client = client_for(UserFactory(administrator=True))
    client.get("/settings/")

    assert query_count(lambda: client.get("/settings/")) <= 9


def test_logo_is_handed_out_to_everybody(client):
    picture = io.BytesIO()
    Image.new("RGB", (4, 4), "teal").save(picture, "PNG")
    school = School.objects.get()
    school.logo = ContentFile(picture.getvalue(), name="logo.png")
    save_school(school=school, by=UserFactory(administrator=True))

    response = client.get(reverse("accounts:logo"))

    assert response["Content-Type"] == "image/png"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert b"".join(response.streaming_content) == picture.getvalue()
