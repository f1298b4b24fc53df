"""A registry with exactly the slots that a test is about."""

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache

from roadmap import registry


@pytest.fixture
def contribute(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Let stages contribute these slots and no others."""

    def only(*slots: object) -> None:
        monkeypatch.setattr(registry, "contributions", lambda: slots)
        registry.of.cache_clear()

    yield only
    registry.of.cache_clear()


@pytest.fixture(autouse=True)
def _fresh_counts() -> None:
    cache.clear()
