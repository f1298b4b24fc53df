"""The whole database as one short text: equal texts, equal rows."""

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection

# What a mere visit may leave behind: the session, and when it began.
LEFT_BY_A_VISIT = frozenset({"django_session", "usersessions_usersession"})
COLUMNS_LEFT_BY_A_VISIT = frozenset({"last_login"})

WRITING = re.compile(r'\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+(?:ONLY\s+)?"?(?!OF\b)(\w+)', re.IGNORECASE)
READING = ("SELECT", "WITH", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT", "SET ")
LAST_LOGIN = re.compile(r'UPDATE "accounts_user" SET "last_login" = %s WHERE')


@contextmanager
def written_tables() -> Iterator[set[str]]:
    """Name the tables that statements write to meanwhile, whether or not a row changes; but what a visit may leave."""
    written: set[str] = set()

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        written.update(_written_by(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield written


def _written_by(sql: str) -> set[str]:
    text = sql.lstrip("( \n")
    if LAST_LOGIN.match(text):
        return set()
    tables = set(WRITING.findall(text)) - LEFT_BY_A_VISIT
    known = text.upper().startswith((*READING, "INSERT", "UPDATE", "DELETE"))
    return tables if known else {text}


def database_digest(*, but_columns: frozenset[str] = frozenset()) -> dict[str, str]:
    """Return a digest of each table, columns that a visit may change left out."""
    left_out = COLUMNS_LEFT_BY_A_VISIT | but_columns
    return _on_the_server(left_out) if connection.vendor == "postgresql" else _here(left_out)


@cache
def _tables(left_out: frozenset[str]) -> dict[str, str]:
    """Return the columns of each table, as SQL lists them."""
    return {
        model._meta.db_table: ", ".join(
            connection.ops.quote_name(field.column)
            for field in model._meta.concrete_fields
            if field.column not in left_out
        )
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and model._meta.db_table not in LEFT_BY_A_VISIT
    }


def _on_the_server(left_out: frozenset[str]) -> dict[str, str]:
    """Let PostgreSQL do the work in one query, which it plans once: that takes longer than to run it."""
    name = f"digest_{hashlib.sha256(repr(sorted(left_out)).encode()).hexdigest()[:40]}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_prepared_statements WHERE name = %s", [name])
        if not cursor.fetchone():
            cursor.execute(f"PREPARE {name} AS {_query(left_out)}")
        cursor.execute(f"EXECUTE {name}")
        return dict(cursor.fetchall())


def _query(left_out: frozenset[str]) -> str:
    return " UNION ALL ".join(
        f"SELECT '{table}', md5(coalesce(string_agg(md5(row_text), '' ORDER BY md5(row_text)), '')) "  # noqa: S608 - names of our own tables
        f"FROM (SELECT row({columns})::text AS row_text FROM {connection.ops.quote_name(table)}) AS rows"
        for table, columns in _tables(left_out).items()
    )


def _here(left_out: frozenset[str]) -> dict[str, str]:
    digests = {}
    with connection.cursor() as cursor:
        for table, columns in _tables(left_out).items():
            cursor.execute(f"SELECT {columns} FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our own
            rows = sorted(map(repr, cursor.fetchall()))
            digests[table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return digests


def changed_tables(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """Name the tables whose rows differ."""
    return sorted(table for table in before if before[table] != after[table])
