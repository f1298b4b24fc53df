"""What the tests of partners share: a clock that stands still, and stages that contribute what a test is about."""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.core.cache import cache

from roadmap import registry

NOON = dt.datetime(2026, 3, 12, 11, tzinfo=dt.UTC)  # a Thursday, noon in Vienna


@pytest.fixture(autouse=True)
def _fresh_counts() -> None:
    cache.clear()


@pytest.fixture
def noon() -> Iterator[dt.datetime]:
    with time_machine.travel(NOON, tick=False):
        yield NOON


@pytest.fixture
def contribute(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Let stages contribute these slots beside the product's own timeline kinds and pages."""

    def more(*slots: object, instead_of: tuple[type, ...] = ()) -> None:
        registry.contributions.cache_clear()
        own = tuple(slot for slot in registry.contributions() if not isinstance(slot, instead_of))
        monkeypatch.setattr(registry, "contributions", lambda: (*own, *slots))
        registry.of.cache_clear()

    yield more
    monkeypatch.undo()
    registry.of.cache_clear()
