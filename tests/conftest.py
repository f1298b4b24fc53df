"""What every area of the suite starts from: a school, its people, and a client for each."""

import os
from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import School, User
from tests.flushing import empty_filled_tables, keep_starters
from tests.template import copy_one_migrated_database

pytest_plugins = ["tests.smtp", "tests.workers"]


def _end_other_sessions() -> None:
    """Close what threads of the live server left open, or the test database could not be dropped."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: pytest.FixtureDef[None]
) -> None:
    """Let the processes of a parallel run copy one database instead of migrating one each."""
    if connection.vendor == "postgresql" and "PYTEST_XDIST_WORKER" in os.environ:
        with django_db_blocker.unblock():
            copy_one_migrated_database()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureDef[None]) -> Iterator[None]:
    if connection.vendor != "postgresql":
        yield
        return
    with pytest.MonkeyPatch.context() as patch:
        with django_db_blocker.unblock():
            keep_starters()
        patch.setattr(DatabaseOperations, "sql_flush", empty_filled_tables)
        yield
    with django_db_blocker.unblock():
        _end_other_sessions()


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
