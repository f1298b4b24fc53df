"""Who may open what and who may do what: one row a URL, held against the URL resolver by tests/test_permissions.py.

Each app's rows stand in `tests/permissions/<app>.py`, in a dictionary `ROWS` keyed by the URL's name:

    ROWS = {
        "outreach:call": Row(get=to(EDITORS), post=to(EDITORS, 422), make=an_organisation),
    }

- `get` and `post` say which roles are let in and the status they get; everybody else signed in gets 403, and whoever
  is not signed in is sent to the sign-in page. Left out, the method does not exist: 405.
- `make` returns what the URL needs (`{"pk": 12}`); it gets the user who asks.
- `data` is what the POST sends. Without it nothing a form asks for is sent: 422 is a form read and found wanting.
- `anonymous` says what happens without a sign-in on a public page (it stands in tests/public_pages.py too).
- `elsewhere` is for roles that get a status of their own, such as 404 for what is not theirs.

A GET, HEAD, PUT or DELETE may change nothing, whoever sends it, and neither may a refused POST.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from accounts.enums import Role
from accounts.models import User

ANONYMOUS = "anonymous"
EVERYBODY = tuple(Role)
EDITORS = (Role.COORDINATOR,)
DIRECTORS = (Role.DIRECTOR,)
ADMINISTRATORS = (Role.ADMINISTRATOR,)
CASES = (ANONYMOUS, *Role)


@dataclass(frozen=True)
class Allowed:
    """The roles let in by a method, and what they get."""

    roles: tuple[Role, ...]
    status: int


def to(roles: tuple[Role, ...], status: int = HTTPStatus.OK) -> Allowed:
    return Allowed(roles, status)


def nothing(_user: User | None) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Row:
    """What one URL answers to whom."""

    get: Allowed | None = None
    post: Allowed | None = None
    make: Callable[[User | None], dict[str, Any]] = nothing
    data: Mapping[str, Any] = field(default_factory=lambda: {"sent": "yes"})
    anonymous: Mapping[str, int] = field(default_factory=dict)
    elsewhere: Mapping[Role, int] = field(default_factory=dict)

    def expected(self, method: str, case: str) -> int:
        """Return the status for a GET or POST by a role, or without a sign-in."""
        if case == ANONYMOUS:
            return self.anonymous.get(method, HTTPStatus.FOUND)
        role = Role(case)
        allowed = self.get if method == "GET" else self.post
        if allowed is None:
            return HTTPStatus.METHOD_NOT_ALLOWED
        if role in allowed.roles:
            return allowed.status
        return self.elsewhere.get(role, HTTPStatus.FORBIDDEN)

    def lets_in(self, method: str, case: str) -> bool:
        allowed = self.get if method == "GET" else self.post
        if case == ANONYMOUS:
            return method in self.anonymous
        return allowed is not None and Role(case) in allowed.roles


def urls(resolver: URLResolver | None = None, namespace: str = "") -> dict[str, URLPattern]:
    """Return every URL of the product by its name; one without a name cannot be held to anything."""
    found: dict[str, URLPattern] = {}
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            inner = f"{namespace}{each.namespace}:" if each.namespace else namespace
            found |= urls(each, inner)
        else:
            found[f"{namespace}{each.name or each.pattern}"] = each
    return found
