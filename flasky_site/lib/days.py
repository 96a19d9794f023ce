"""Rows by day, in tables whose ids rise with time and that have no index on it.

The first id of a day is found by halving the ids again and again, inside the database:
a few dozen looks into the primary key, however many rows there are. docs/decisions/0021
has the measurements.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connections, router
from django.db.models import Model

# All rows below ``id`` are older than ``starts``. It moves on by a step when that holds
# there too, and the steps halve, so that it ends at the first row that is not older.
# The longest step is the power of two above the newest id: the others make up for it.
# SQLite wants the table that is built named once, and not inside of a subquery.
_FOUND = """
    WITH RECURSIVE power (step) AS (
        SELECT CAST(1 AS bigint)
        UNION ALL
        SELECT step * 2 FROM power
        WHERE step <= (SELECT coalesce(max(id), 0) FROM {table})
    ),
    moment (number, starts) AS (VALUES {moments}),
    hunt (number, starts, id, step) AS (
        SELECT number, starts, CAST(0 AS bigint), (SELECT max(step) FROM power)
        FROM moment
        UNION ALL
        SELECT number, starts,
               id + CASE
                   WHEN (SELECT before.{column} FROM {table} AS before
                         WHERE before.id < hunt.id + hunt.step
                         ORDER BY before.id DESC LIMIT 1) >= starts THEN 0
                   ELSE step END,
               step / 2
        FROM hunt WHERE step > 0
    ),
    found (number, id) AS (SELECT number, id FROM hunt WHERE step = 0)"""
_IDS = "SELECT id FROM found ORDER BY number"
# Of the primary key alone; the rows themselves are not read.
_COUNTS = """
    SELECT (SELECT count(*) FROM {table} AS counted
            WHERE counted.id >= earlier.id AND counted.id < later.id)
    FROM found AS earlier JOIN found AS later ON later.number = earlier.number + 1
    ORDER BY earlier.number"""


def first_ids_since(
    model: type[Model], column: str, moments: Sequence[datetime]
) -> list[int]:
    """Return for each of ``moments`` the first id whose ``column`` is no earlier.

    Where there is none, it is above all ids that there are. One query.
    """
    return _ask(_IDS, model, column, moments)


def count_between(
    model: type[Model], column: str, moments: Sequence[datetime]
) -> list[int]:
    """Return how many rows there are from each of ``moments`` to the next. One query.

    Costs as much as the rows of that time, not as the table.
    """
    return _ask(_COUNTS, model, column, moments)


def _ask(
    tail: str, model: type[Model], column: str, moments: Sequence[datetime]
) -> list[int]:
    connection = connections[router.db_for_read(model)]
    quote, adapt = connection.ops.quote_name, connection.ops.adapt_datetimefield_value
    sql = (_FOUND + tail).format(
        table=quote(model._meta.db_table),
        column=quote(column),
        moments=", ".join(["(%s, %s)"] * len(moments)),
    )
    parameters: list[Any] = []
    for number, moment in enumerate(moments):
        parameters += [number, adapt(moment)]
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [number for (number,) in cursor.fetchall()]
