"""What the database does for a page: its statements, and the pages of 8 kB they touch.

PostgreSQL alone says the latter. It does not depend on the machine.
"""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

# In rows. Less is read whole as fast as by an index.
LARGE = 10_000
_EXPLAINED = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "(")


@dataclass
class Statement:
    """What was sent to the database, and how long that took in milliseconds."""

    sql: str
    values: Any
    milliseconds: float = 0.0


@contextmanager
def noted_statements() -> Iterator[list[Statement]]:
    """Note every statement of Django's connection."""
    noted: list[Statement] = []

    def note(
        execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        start = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            spent = (time.perf_counter() - start) * 1000
            noted.append(Statement(sql, params, spent))

    with connection.execute_wrapper(note):
        yield noted


def explain(statement: Statement) -> dict[str, Any] | None:
    """Run a statement again, undo what it changed, and return its plan.

    None for what has no plan.
    """
    if not statement.sql.lstrip().upper().startswith(_EXPLAINED):
        return None
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement.sql}",
            statement.values,
        )
        (answer,) = cursor.fetchone()
        transaction.set_rollback(True)
    plan: dict[str, Any] = (json.loads(answer) if isinstance(answer, str) else answer)[
        0
    ]["Plan"]
    return plan


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the steps of a plan, from the top."""
    yield plan
    for part in plan.get("Plans", []):
        yield from nodes(part)


def buffers(plan: dict[str, Any]) -> int:
    """Return the pages touched; the top of a plan holds the sum of its parts."""
    return sum(
        plan.get(f"{kind} Blocks", 0)
        for kind in ("Shared Hit", "Shared Read", "Temp Read", "Temp Written")
    )


def tables_read_whole(plan: dict[str, Any]) -> set[str]:
    """Return the tables in which a plan looked at one row after the other."""
    return {
        node["Relation Name"]
        for node in nodes(plan)
        if node["Node Type"] == "Seq Scan" and node["Actual Loops"]
    }


def large_tables() -> set[str]:
    """Return the tables that nothing may read whole."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples >= %s",
            [LARGE],
        )
        return {name for (name,) in cursor.fetchall()}
