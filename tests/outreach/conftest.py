"""What most tests of outreach start from: Thursday 12 March 2026, ten in the morning in Vienna."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.utils import timezone

from accounts.models import School
from partnerships.models import Contact, Organisation
from tests.partnerships.factories import ContactFactory, OrganisationFactory

NOW = dt.datetime(2026, 3, 12, 9, 0, tzinfo=dt.UTC)
TODAY = dt.date(2026, 3, 12)


@pytest.fixture
def clock(school: School) -> Iterator[time_machine.Traveller]:
    """Stand still at NOW, in the school's time zone; `clock.move_to(…)` goes elsewhere."""
    with time_machine.travel(NOW, tick=False) as traveller, timezone.override(school.zone):
        yield traveller


@pytest.fixture
def firm(school: School) -> Organisation:
    return OrganisationFactory(name="Kestrel Precision Ltd")


@pytest.fixture
def rosa(firm: Organisation) -> Contact:
    return ContactFactory(organisation=firm, name="Rosa Lindqvist", email="rosa@kestrel.example.org", main=True)
