"""The school, its numbers, and what somebody prefers."""

import datetime as dt

import pytest

from accounts.enums import Theme
from accounts.models import School
from accounts.services import current_school, next_number, save_preferences
from tests.accounts.factories import SchoolFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_school_that_is_not_set_up_yet_is_empty_and_unsaved():
    school = current_school()

    assert (school.pk, school.name, School.objects.exists()) == (1, "", False)


def test_numbers_count_up_by_key_and_year():
    given = [
        next_number(key=key, year=year, prefix=key)
        for key, year in [("A", 2026), ("A", 2026), ("B", 2026), ("A", 2027)]
    ]

    assert given == ["A-2026-001", "A-2026-002", "B-2026-001", "A-2027-001"]


def test_preferences_are_kept_on_the_person():
    user = UserFactory()

    save_preferences(user=user, theme=Theme.DARK, keyboard_shortcuts=False, morning_reminder=False)

    user.refresh_from_db()
    assert (user.theme, user.keyboard_shortcuts, user.morning_reminder) == ("dark", False, False)


def test_school_shows_its_own_day():
    school = SchoolFactory(time_zone="Pacific/Auckland")

    late_in_london = dt.datetime(2026, 3, 12, 23, tzinfo=dt.UTC)

    assert school.today(now=late_in_london) == dt.date(2026, 3, 13)
