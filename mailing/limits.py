"""How often one network may try something on the public pages."""

from dataclasses import dataclass

from django.core.cache import cache
from redis.exceptions import RedisError


@dataclass(frozen=True)
class Limit:
    """At most so many tries in so many seconds, counted in the cache. With the cache away nobody may try."""

    name: str
    tries: int
    seconds: int

    def is_reached(self, network: str) -> bool:
        """Tell whether the network has used up its tries; unknown, with the cache away, is no."""
        try:
            return int(cache.get(self._key(network), 0)) >= self.tries
        except RedisError:
            return False

    def count(self, network: str) -> bool:
        """Count a try; return whether it was allowed."""
        try:
            cache.add(self._key(network), 0, self.seconds)
            return cache.incr(self._key(network)) <= self.tries
        except ValueError:  # the count ran out between the two
            return True
        except RedisError:
            return False

    def _key(self, network: str) -> str:
        return f"mailing.limits:{self.name}:{network}"


WRONG_LINKS = Limit("wrong-links", tries=30, seconds=600)
NEW_LINKS = Limit("new-links", tries=10, seconds=600)
