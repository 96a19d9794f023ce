"""What is in each table, in a few characters, to compare two databases."""

import hashlib
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

# Of each row's MD5, so that the sum of a billion rows stays a number for both engines.
_DIGITS = 15
_ROWS_AT_ONCE = 2_000


def fingerprint(connection: BaseDatabaseWrapper) -> dict[str, list[Any]]:
    """Return ``{table: [rows, sum of the rows' hashes]}``, whatever order they are in.

    It reads every row once, on PostgreSQL in the server.
    """
    of_table = _in_server if connection.vendor == "postgresql" else _row_by_row
    names = sorted(connection.introspection.table_names())
    return {name: of_table(connection, name) for name in names}


def _in_server(connection: BaseDatabaseWrapper, table: str) -> list[Any]:
    name = connection.ops.quote_name(table)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), coalesce(sum(('x' || substr(md5(one::text), 1, "  # noqa: S608
            f"{_DIGITS}))::bit({_DIGITS * 4})::bigint), 0)::text FROM {name} AS one"
        )
        return list(cursor.fetchone())


def _row_by_row(connection: BaseDatabaseWrapper, table: str) -> list[Any]:
    rows = total = 0
    with connection.cursor() as cursor:
        name = connection.ops.quote_name(table)
        cursor.execute(f"SELECT * FROM {name}")  # noqa: S608
        while chunk := cursor.fetchmany(_ROWS_AT_ONCE):
            rows += len(chunk)
            total += sum(_hash(row) for row in chunk)
    return [rows, str(total)]


def _hash(row: tuple[Any, ...]) -> int:
    text = repr(row).encode()
    return int(hashlib.md5(text, usedforsecurity=False).hexdigest()[:_DIGITS], 16)


def differences(
    expected: dict[str, list[Any]], found: dict[str, list[Any]]
) -> list[str]:
    """Say in words where two fingerprints differ."""
    told = []
    for table in sorted({*expected, *found}):
        rows, there = (side.get(table, [None])[0] for side in (expected, found))
        if expected.get(table) != found.get(table):
            told.append(
                f"{table}: {rows} rows expected, {there} found"
                if rows != there
                else f"{table}: {rows} rows, of which some differ"
            )
    return told
