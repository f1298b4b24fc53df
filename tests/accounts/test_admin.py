"""The Django admin: people and the school, and nothing else."""

import pytest
from django.apps import apps
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.admin import site
from accounts.enums import Role
from accounts.models import School, User
from tests.accounts.factories import SchoolFactory, UserFactory
from tests.accounts.test_logos import picture

pytestmark = pytest.mark.django_db

PEOPLE = "/admin/accounts/user/"
SCHOOL = "/admin/accounts/school/1/change/"


@pytest.fixture
def samir():
    SchoolFactory()
    return UserFactory(administrator=True, name="Samir Patel")


@pytest.fixture
def client(client_for, samir):
    return client_for(samir)


def page_of(user):
    return f"{PEOPLE}{user.pk}/change/"


def form_of(user, **changes):
    fields = {
        "name": user.name,
        "email": user.email,
        "role": user.role,
        "job_title": "",
        "phone": "",
        "is_active": "on",
    }
    return {name: value for name, value in {**fields, **changes}.items() if value is not None}


def act(client, name, *people):
    return client.post(PEOPLE, {"action": name, "_selected_action": [user.pk for user in people]})


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_only_people_and_the_school_are_administered():
    assert {model for model, _admin in site._registry.items()} == {User, School}


def test_people_have_no_groups_flags_or_permissions(client):
    page = client.get(page_of(UserFactory())).content.decode()

    for field in ["is_superuser", "groups", "user_permissions", "password", "is_staff"]:
        assert f'name="{field}"' not in page
    assert {field.name for field in User._meta.get_fields()}.isdisjoint({"is_superuser", "groups", "user_permissions"})


def test_inviting_mails_a_link(client, mailoutbox):
    form = {"name": "Eva Kranz", "email": "E.Kranz@example.org", "role": "viewer", "job_title": "", "phone": ""}

    response = client.post(f"{PEOPLE}add/", form)

    user = User.objects.get(email="e.kranz@example.org")
    assert (user.role, user.is_invited) == (Role.VIEWER, True)
    assert [mail.to for mail in mailoutbox] == [["e.kranz@example.org"]]
    assert said(response) == ["Eva Kranz gets a link to set a password at e.kranz@example.org.", "Saved."]


def test_inviting_an_address_twice_is_refused_in_words(client):
    UserFactory(email="m.keller@example.org")
    form = {"name": "Twin", "email": "M.KELLER@example.org", "role": "viewer"}

    response = client.post(f"{PEOPLE}add/", form)

    assert "Somebody already uses this e-mail address." in response.content.decode()


def test_role_is_changed(client):
    user = UserFactory()

    client.post(page_of(user), form_of(user, role="director"))

    user.refresh_from_db()
    assert user.role == Role.DIRECTOR


def test_fields_that_are_not_on_screen_are_not_taken(client):
    user = UserFactory(viewer=True)
    before = User.objects.values().get(pk=user.pk)
    more = {"password": "x", "is_superuser": "on", "date_joined": "2000-01-01", "theme": "dark", "id": "99"}

    client.post(page_of(user), form_of(user, **more))

    assert User.objects.values().get(pk=user.pk) == before


def test_own_role_is_shown_and_not_editable(client, samir):
    UserFactory(administrator=True)
    page = client.get(page_of(samir)).content.decode()

    client.post(page_of(samir), form_of(samir, role="director", is_active=None, name="Samir K. Patel"))

    samir.refresh_from_db()
    assert 'name="role"' not in page
    assert (samir.role, samir.is_active, samir.name) == (Role.ADMINISTRATOR, True, "Samir K. Patel")


def test_last_administrator_is_told_so_in_words(client, samir):
    response = act(client, "deactivate", samir)

    samir.refresh_from_db()
    assert samir.is_active
    assert said(response) == ["You are the last administrator. Name another one first."]


def test_own_account_is_not_deactivated(client, samir):
    UserFactory(administrator=True)

    response = act(client, "deactivate", samir)

    assert said(response) == ["Nobody changes their own role. Another administrator can do it."]


def test_deactivating_signs_out_and_letting_in_again_works(client, client_for):
    user = UserFactory()
    theirs = client_for(user)

    off = act(client, "deactivate", user)
    signed_out = theirs.get("/settings/").status_code
    on = act(client, "let_in", user)

    user.refresh_from_db()
    assert [said(off)[-1], said(on)[-1]] == ["1 person deactivated.", "1 person may sign in."]
    assert signed_out == 302
    assert user.is_active


def test_taking_the_tick_away_signs_out(client, client_for):
    user = UserFactory()
    theirs = client_for(user)

    client.post(page_of(user), form_of(user, is_active=None))

    assert theirs.get("/settings/").status_code == 302


def test_signing_out_everywhere(client, client_for):
    people = UserFactory.create_batch(2)
    theirs = [client_for(user) for user in people]

    response = act(client, "end_sessions", *people)

    assert said(response) == ["2 people signed out."]
    assert [each.get("/settings/").status_code for each in theirs] == [302, 302]


def test_inviting_again_tells_who_needs_none(client, mailoutbox):
    invited, active = UserFactory(invited=True), UserFactory(name="Marta Keller")

    response = act(client, "invite_again", invited, active)

    assert len(mailoutbox) == 1
    assert sorted(said(response)) == [
        "1 invitation sent.",
        "Marta Keller has signed in before and needs no invitation.",
    ]


def test_list_shows_state_and_second_factor(client):
    UserFactory(name="Eva Kranz", invited=True)
    UserFactory(name="Jo Gone", deactivated=True)

    page = client.get(PEOPLE).content.decode()

    assert "Invited " in page
    assert "Deactivated" in page


@pytest.mark.parametrize("people", [1, 30])
def test_list_takes_the_same_number_of_queries(client, query_count, people):
    UserFactory.create_batch(people)
    client.get(PEOPLE)

    assert query_count(lambda: client.get(PEOPLE)) <= 8


def test_nobody_is_deleted(client):
    user = UserFactory()

    response = act(client, "delete_selected", user)
    gone = client.post(f"{PEOPLE}{user.pk}/delete/", {"post": "yes"})

    assert User.objects.filter(pk=user.pk).exists()
    assert (response.status_code, gone.status_code) == (302, 404)


def test_admin_sends_visitors_to_the_one_sign_in(client):
    client.logout()

    assert client.get("/admin/")["Location"] == "/sign-in/?next=/admin/"
    assert client.get("/admin/login/")["Location"].startswith("/sign-in/?next=")
    assert client.post("/admin/login/", {"username": "x", "password": "y"})["Location"].startswith("/sign-in/?next=")


@pytest.mark.parametrize("role", [Role.VIEWER, Role.COORDINATOR, Role.DIRECTOR])
def test_admin_is_closed_to_other_roles(client_for, samir, role):
    assert client_for(UserFactory(role=role)).get("/admin/login/").status_code == 403


def school_form(**changes):
    school = School.objects.get()
    names = [field.name for field in School._meta.fields if field.name not in {"id", "logo"}]
    fields = {name: getattr(school, name) for name in names}
    return {name: "" if value is None else value for name, value in {**fields, **changes}.items()}


def test_school_is_changed(client):
    lead = UserFactory(name="Ruth Amadi")

    client.post(SCHOOL, school_form(name="Linden Vale", currency="GBP", safeguarding_lead=lead.pk, reminder_hour=8))

    school = School.objects.get()
    assert (school.name, school.currency, school.safeguarding_lead, school.reminder_hour) == (
        "Linden Vale",
        "GBP",
        lead,
        8,
    )


def test_every_field_of_the_school_is_on_screen(client):
    page = client.get(SCHOOL).content.decode()

    assert [
        field.name for field in School._meta.fields if field.name != "id" and f'name="{field.name}"' not in page
    ] == []


@pytest.mark.parametrize(
    "wrong",
    [{"time_zone": "Middle/Earth"}, {"currency": "euro"}, {"reminder_hour": 24}, {"min_group_size_students": 2}],
)
def test_school_refuses_what_cannot_be(client, wrong):
    response = client.post(SCHOOL, school_form(**wrong))

    assert response.status_code == 200
    assert "errorlist" in response.content.decode()


def test_logo_is_redrawn_and_the_old_one_deleted(client, django_capture_on_commit_callbacks):
    upload = SimpleUploadedFile("x.svg.png", picture("JPEG"), content_type="image/png")
    client.post(SCHOOL, school_form(logo=upload))
    first = School.objects.get().logo
    storage, name = first.storage, first.name

    with django_capture_on_commit_callbacks(execute=True):
        client.post(SCHOOL, school_form(logo=SimpleUploadedFile("y.png", picture())))

    second = School.objects.get().logo
    with second.open() as kept:
        assert kept.read(8) == b"\x89PNG\r\n\x1a\n"
    assert (storage.exists(name), storage.exists(second.name)) == (False, True)


def test_logo_that_is_no_picture_is_refused_in_words(client):
    upload = SimpleUploadedFile("logo.png", b"<svg onload=alert(1)>", content_type="image/png")

    response = client.post(SCHOOL, school_form(logo=upload))

    assert not School.objects.get().logo
    assert "errorlist" in response.content.decode()


def test_school_is_added_once(client):
    again = client.get("/admin/accounts/school/add/").status_code
    School.objects.all().delete()
    first = client.get("/admin/accounts/school/", follow=True)

    assert again == 403
    assert first.redirect_chain == [("/admin/accounts/school/add/", 302)]


def test_first_school_gets_its_place(client):
    form = school_form()
    School.objects.all().delete()

    client.post("/admin/accounts/school/add/", form)

    assert School.objects.get().pk == School.PK


def test_models_of_libraries_are_registered_nowhere_we_show(client):
    shown = reverse("admin:index")

    page = client.get(shown).content.decode()

    assert "Authenticator" not in page
    assert apps.is_installed("allauth.mfa")
