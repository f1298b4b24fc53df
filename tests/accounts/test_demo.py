"""The demo's school and people."""

import datetime as dt

import pytest

from accounts import demo
from accounts.enums import Role
from accounts.models import School, User
from tests.accounts.factories import SchoolFactory

DAY = dt.date(2026, 3, 12)
pytestmark = pytest.mark.django_db


def test_load_makes_the_school_and_every_role():
    demo.load(DAY)

    assert School.objects.get().name == "Linden Vale Vocational College"
    assert set(User.objects.values_list("role", flat=True)) == set(Role.values)
    assert School.objects.get().safeguarding_lead.name == "Ruth Amadi"


def test_load_gives_nobody_a_password():
    demo.load(DAY)

    assert not [user for user in User.objects.all() if user.has_usable_password()]
    assert all(user.email.endswith(".example.org") for user in User.objects.all())


def test_load_leaves_an_existing_school_alone():
    SchoolFactory(name="Another College")

    demo.load(DAY)

    assert School.objects.get().name == "Another College"
    assert not User.objects.exists()


def test_load_twice_changes_nothing():
    demo.load(DAY)
    before = list(User.objects.values_list("pk", "email", "date_joined"))

    demo.load(DAY)

    assert list(User.objects.values_list("pk", "email", "date_joined")) == before


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.DIRECTOR, Role.ADMINISTRATOR])
def test_demo_sign_in_stands_for_its_role(role):
    demo.load(DAY)

    assert User.objects.get(email=demo.DEMO_SIGN_INS[role]).role == role
