"""What most tests of outreach start from: Thursday 12 March 2026, ten in the morning in Vienna."""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from accounts.models import School, User
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
def marta(client_for: Callable[[User], Client], coordinator: User) -> Client:
    """The coordinator's browser."""
    return client_for(coordinator)


@pytest.fixture
def firm(school: School) -> Organisation:
    return OrganisationFactory(name="Kestrel Precision Ltd")


@pytest.fixture
def rosa(firm: Organisation) -> Contact:
    return ContactFactory(organisation=firm, name="Rosa Lindqvist", email="rosa@kestrel.example.org", main=True)


def toasts(response: HttpResponse) -> list[str]:
    """Return what a page tells the person once."""
    return [str(message) for message in response.context["messages"]]


def undo_url(response: HttpResponse) -> str:
    """Return where the undo of a page's toast leads."""
    return next(message.extra_tags for message in response.context["messages"] if message.extra_tags)
