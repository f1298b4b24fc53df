"""A stage of the tests' own, the letters that leave, and clean counters."""

import copy
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection

from mailing.services import delivery
from roadmap import registry
from tests.mailing import stage
from tests.mailing.models import OtherLink, TrialLink
from tests.reliability.smtp import FaultyOffice

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def trial_tables(django_db_setup, django_db_blocker) -> None:
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        editor.create_model(TrialLink)
        editor.create_model(OtherLink)


@pytest.fixture(autouse=True)
def trial_stage(settings) -> Iterator[None]:
    """Add the stage of this folder to the others."""
    settings.TANDEM_APPS = [*settings.TANDEM_APPS, "tests.mailing"]
    settings.ROOT_URLCONF = "tests.mailing.urls"
    settings.TEMPLATES = copy.deepcopy(settings.TEMPLATES)
    settings.TEMPLATES[0]["DIRS"].append(HERE / "templates")
    cache.clear()
    stage.outcomes.clear()
    delivery.server.away_until = 0.0
    _forget_stages()
    yield
    _forget_stages()


def _forget_stages() -> None:
    registry.contributions.cache_clear()
    registry.of.cache_clear()


@pytest.fixture
def outcomes() -> list[tuple[int, str]]:
    """What the stage was told about its mails."""
    return stage.outcomes


@pytest.fixture
def post_office(settings) -> Iterator[FaultyOffice]:
    """Let mails leave from this very process to a real SMTP server."""
    office = FaultyOffice()
    settings.MAIL_KEPT_HERE = False
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
    settings.EMAIL_TIMEOUT = 2
    office.open()
    yield office
    office.close()
