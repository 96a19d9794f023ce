"""Around every query: how many and how long, and a line about each that was slow."""

import logging
import re
from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

from . import metrics
from .current import current_request
from .formats import current_context
from .places import nearest_place

logger = logging.getLogger("flasky.queries")

_LONGEST_STATEMENT = 2000
# Text and numbers that stand in the statement itself.
_LITERAL = re.compile(r"'(?:[^']|'')*'|(?<![\w\"$%.])\d+(?:\.\d+)?(?![\w\"])")


def watch_connection(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Watch what ``connection`` asks; a receiver of ``connection_created``."""
    if watch not in connection.execute_wrappers:
        connection.execute_wrappers.append(watch)


def watch(
    execute: Callable[..., Any],
    sql: str,
    params: Sequence[Any] | None,
    many: bool,
    context: dict[str, Any],
) -> Any:
    """Run a query and count it to the request that asks."""
    began = perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        seconds = perf_counter() - began
        seen = current_request.get()
        if seen is not None:
            seen.queries += 1
            seen.query_seconds += seconds
        if seconds >= settings.SLOW_DB_QUERY_SECONDS:
            _report(sql, seconds)


def _report(sql: str, seconds: float) -> None:
    metrics.SLOW_QUERIES.inc()
    fields = {
        "event": "slow query",
        **current_context(),
        "ms": round(seconds * 1000, 1),
        "place": nearest_place(),
        "statement": without_values(str(sql)),
    }
    logger.warning("Slow query", extra={"fields": fields})


def without_values(sql: str) -> str:
    """Return a statement with ``?`` for each text and number, in one line."""
    return " ".join(_LITERAL.sub("?", sql).split())[:_LONGEST_STATEMENT]
