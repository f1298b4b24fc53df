"""How often one network may try something on the public pages."""

import ipaddress
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from redis.exceptions import RedisError


@dataclass(frozen=True)
class Limit:
    """At most so many tries in so many seconds, counted in the cache. With the cache away nobody may try."""

    name: str
    tries: int
    seconds: int

    def is_reached(self, request: HttpRequest) -> bool:
        """Tell whether the network has used up its tries; unknown, with the cache away, is no."""
        try:
            return int(cache.get(self._key(request), 0)) >= self.tries
        except RedisError:
            return False

    def count(self, request: HttpRequest) -> bool:
        """Count a try; return whether it was allowed."""
        try:
            cache.add(self._key(request), 0, self.seconds)
            return cache.incr(self._key(request)) <= self.tries
        except ValueError:  # the count ran out between the two
            return True
        except RedisError:
            return False

    def _key(self, request: HttpRequest) -> str:
        return f"mailing.limits:{self.name}:{network_of(request)}"


def network_of(request: HttpRequest) -> str:
    """Return the caller's address; for IPv6 its /64, of which one household owns every address."""
    address = ipaddress.ip_address(get_adapter(request).get_client_ip(request))
    if isinstance(address, ipaddress.IPv6Address):
        return str(address.ipv4_mapped or ipaddress.ip_network((address, 64), strict=False))
    return str(address)


WRONG_LINKS = Limit("wrong-links", tries=30, seconds=600)
NEW_LINKS = Limit("new-links", tries=10, seconds=600)
