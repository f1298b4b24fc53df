"""Figures to measure goals with."""

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache

from goals.metrics import METRICS
from roadmap import registry
from tests.roadmap.factories import people_metric


@pytest.fixture
def contribute(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Let the product count these figures and those of goals, and nothing else."""

    def only(*slots: object) -> None:
        monkeypatch.setattr(registry, "contributions", lambda: (*METRICS, *slots))
        registry.of.cache_clear()

    yield only
    registry.of.cache_clear()


@pytest.fixture
def people(contribute: Callable[..., None]) -> None:
    """How many people are on file, as a figure of stage 2."""
    contribute(people_metric(counted="colleagues", records_url="/search/?q=people"))


@pytest.fixture(autouse=True)
def _fresh_counts() -> None:
    cache.clear()
