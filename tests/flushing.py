"""How a test with transactions of its own leaves the database: as the migrations made it, starter rows and all."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations

STARTERS = "starters"

_FILLED = "SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {table})"
_WRITABLE = """
SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER'
"""


def keep_starters() -> None:
    """Copy what the migrations wrote, to be put back after each test that empties the tables."""
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {STARTERS} CASCADE")
        cursor.execute(f"CREATE SCHEMA {STARTERS}")
        for table in _filled(tables):
            cursor.execute(f"CREATE TABLE {STARTERS}.{table} AS TABLE public.{table}")


def empty_filled_tables(_operations: DatabaseOperations, _style: Any, tables: list[str], **_options: bool) -> list[str]:
    """Return the SQL that empties tables, of which few of a hundred hold rows, and puts the starter rows back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = %s", [STARTERS])
        kept = [name for (name,) in cursor.fetchall()]
    return [
        "SET LOCAL session_replication_role = replica",
        *(f"DELETE FROM {table}" for table in _filled(tables)),  # noqa: S608 - names of our own tables
        *(_put_back(table) for table in kept if table in tables),
    ]


def _filled(tables: Sequence[str]) -> list[str]:
    names = [connection.ops.quote_name(table) for table in tables]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(_FILLED.format(table=name) for name in names))
        return [name for (name,) in cursor.fetchall()]


def _put_back(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(_WRITABLE, [table])
        [columns] = cursor.fetchone()
    return f"INSERT INTO public.{table} ({columns}) SELECT {columns} FROM {STARTERS}.{table}"  # noqa: S608
