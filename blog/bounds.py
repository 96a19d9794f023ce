"""Finding where a moment lies among rows whose ids are in the order of time.

There is no index on ``created_at`` and need not be: a binary search over the ids takes
as many looks into the primary key as the number of rows has bits.
"""

from datetime import datetime

from django.db import connection
from django.db.models import BigIntegerField, Model
from django.db.models.expressions import RawSQL


def first_id_since(model: type[Model], moment: datetime) -> RawSQL:
    """Return what computes the lowest id of a row written at ``moment`` or later.

    Past the end it is one more than the highest id. It is one scalar subquery, which
    databases compute once.
    """
    table = connection.ops.quote_name(model._meta.db_table)
    middle = "(low + high) / 2"
    written = (
        f"(SELECT created_at FROM {table} WHERE id >= {middle} "  # noqa: S608
        "ORDER BY id LIMIT 1)"
    )
    # SQLite lets the recursion be named once, so the row in the middle is read twice.
    sql = (
        "WITH RECURSIVE search(low, high) AS ("  # noqa: S608
        f"SELECT CAST(1 AS bigint), COALESCE((SELECT MAX(id) FROM {table}), 0) + 1 "
        "UNION ALL SELECT "
        f"CASE WHEN {written} < %s THEN {middle} + 1 ELSE low END, "
        f"CASE WHEN {written} < %s THEN high ELSE {middle} END "
        "FROM search WHERE low < high"
        ") SELECT low FROM search WHERE low >= high"
    )
    at = connection.ops.adapt_datetimefield_value(moment)
    return RawSQL(sql, (at, at), output_field=BigIntegerField())  # noqa: S611  Table names alone are put in.
