"""The whole database as one short text: equal texts, equal rows."""

import hashlib

from django.apps import apps
from django.db import connection

# What a mere visit may leave behind: the session, and when it began.
LEFT_BY_A_VISIT = frozenset({"django_session", "usersessions_usersession"})
COLUMNS_LEFT_BY_A_VISIT = frozenset({"last_login"})


def database_digest(*, but_columns: frozenset[str] = frozenset()) -> dict[str, str]:
    """Return a digest of each table, columns that a visit may change left out."""
    left_out = COLUMNS_LEFT_BY_A_VISIT | but_columns
    tables = {
        model._meta.db_table: [
            connection.ops.quote_name(field.column)
            for field in model._meta.concrete_fields
            if field.column not in left_out
        ]
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and model._meta.db_table not in LEFT_BY_A_VISIT
    }
    read = _on_the_server if connection.vendor == "postgresql" else _here
    return read(tables)


def _on_the_server(tables: dict[str, list[str]]) -> dict[str, str]:
    """Let PostgreSQL do the work, in one query."""
    parts = [
        f"SELECT '{table}', md5(coalesce(string_agg(md5(row_text), '' ORDER BY md5(row_text)), '')) "  # noqa: S608 - names of our own tables
        f"FROM (SELECT row({', '.join(columns)})::text AS row_text FROM {connection.ops.quote_name(table)}) AS rows"
        for table, columns in tables.items()
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return dict(cursor.fetchall())


def _here(tables: dict[str, list[str]]) -> dict[str, str]:
    digests = {}
    with connection.cursor() as cursor:
        for table, columns in tables.items():
            cursor.execute(f"SELECT {', '.join(columns)} FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our own
            rows = sorted(map(repr, cursor.fetchall()))
            digests[table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return digests


def changed_tables(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """Name the tables whose rows differ."""
    return sorted(table for table in before if before[table] != after[table])
