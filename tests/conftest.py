"""What every area of the suite starts from: a school, its people, and a client for each."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import School, User

pytest_plugins = ["tests.smtp", "tests.workers"]


@pytest.fixture
def school(db: None) -> School:
    fields = {"name": "Linden Vale Vocational College", "short_name": "Linden Vale", "time_zone": "Europe/Vienna"}
    return School.objects.update_or_create(pk=School.PK, defaults=fields)[0]


def _user(role: Role, name: str) -> User:
    email = f"{name.replace(' ', '.').lower()}@lindenvale.example.org"
    return User.objects.create_user(email, "a long pass phrase", name=name, role=role)


@pytest.fixture
def coordinator(school: School) -> User:
    return _user(Role.COORDINATOR, "Marta Keller")


@pytest.fixture
def director(school: School) -> User:
    return _user(Role.DIRECTOR, "Helena Voss")


@pytest.fixture
def viewer(school: School) -> User:
    return _user(Role.VIEWER, "Ilse Brandt")


@pytest.fixture
def administrator(school: School) -> User:
    return _user(Role.ADMINISTRATOR, "Tomas Reyes")


@pytest.fixture
def client_for() -> Callable[[User], Client]:
    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def query_count() -> Callable[[Callable[[], object]], int]:
    """Return how many queries an act takes: `query_count(lambda: client.get(url))`."""

    def count(act: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as queries:
            act()
        return len(queries)

    return count
