"""Strengths, for those who look for the goals of a year."""

import datetime as dt

import pytest
from django.utils import timezone

from propositions.assessing import STRENGTHS
from tests.propositions.factories import StrengthFactory

pytestmark = pytest.mark.django_db


def test_strengths_on_file_are_offered_those_checked_last_first(school):
    today = timezone.localdate()
    stale = StrengthFactory(title="Old forge", check_by=today - dt.timedelta(days=1))
    fresh = StrengthFactory(title="Practice ward", check_by=today + dt.timedelta(days=30))
    StrengthFactory(archived_at=timezone.now())

    found = STRENGTHS.entries(school, 10)

    assert [(entry.key, entry.title) for entry in found] == [
        (str(fresh.pk), "Practice ward"),
        (str(stale.pk), "Old forge"),
    ]
    assert "to be checked again" in found[1].detail
    assert "to be checked again" not in found[0].detail


def test_no_more_strengths_than_asked_for_in_one_query(school, django_assert_num_queries):
    StrengthFactory.create_batch(4)

    with django_assert_num_queries(1):
        assert len(STRENGTHS.entries(school, 3)) == 3
