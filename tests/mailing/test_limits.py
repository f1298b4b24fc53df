import pytest

from mailing.limits import Limit
from tests.services import free_port

LIMIT = Limit("trial", tries=2, seconds=60)


@pytest.fixture
def cache_away(settings):
    location = f"redis://127.0.0.1:{free_port()}/0"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": location}}


def test_count_allows_so_many():
    assert [LIMIT.count("203.0.113.7") for _ in range(3)] == [True, True, False]
    assert LIMIT.is_reached("203.0.113.7")
    assert not LIMIT.is_reached("203.0.113.8")


def test_count_with_the_cache_away_allows_nothing(cache_away):
    assert LIMIT.count("203.0.113.7") is False


def test_is_reached_with_the_cache_away_lets_right_links_open(cache_away):
    assert LIMIT.is_reached("203.0.113.7") is False
