"""What is counted, in the form that Prometheus reads.

Each process counts for itself; the processes of one gunicorn share a folder, where
whichever of them is asked finds the numbers of all (``gunicorn``).
"""

import os
from functools import lru_cache

from prometheus_client import CollectorRegistry, Counter, Histogram, values
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from .backlog import BacklogCollector
from .current import RequestSeen
from .gunicorn import FOLDER, SLOT

CONTENT_TYPE = CONTENT_TYPE_LATEST


def _slot() -> str:
    return os.environ.get(SLOT, str(os.getpid()))


if FOLDER in os.environ:
    # By the process's place among its siblings rather than by its number: whoever comes
    # after it goes on with its file, so that there are never more files than places.
    values.ValueClass = values.MultiProcessValue(_slot)

_local = CollectorRegistry()

REQUESTS = Counter(
    "flasky_http_requests",
    "Requests answered.",
    ["route", "method", "status"],
    registry=_local,
)
SECONDS = Histogram(
    "flasky_http_request_seconds",
    "How long answers took.",
    ["route"],
    registry=_local,
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
QUERIES = Counter(
    "flasky_database_queries",
    "Queries that requests asked the database.",
    ["route"],
    registry=_local,
)
QUERY_SECONDS = Counter(
    "flasky_database_query_seconds",
    "How long requests waited for the database.",
    ["route"],
    registry=_local,
)
SLOW_QUERIES = Counter(
    "flasky_database_slow_queries",
    "Queries that took SLOW_DB_QUERY_SECONDS or longer.",
    registry=_local,
)
_LOOKUPS = Counter(
    "flasky_cache_lookups",
    "Lookups in the shared cache, by whether they found something.",
    ["result"],
    registry=_local,
)
HITS, MISSES = _LOOKUPS.labels("hit"), _LOOKUPS.labels("miss")


# Finding the row of a label costs more than counting in it.
@lru_cache(maxsize=4096)
def _answers(route: str, method: str, status: int) -> Counter:
    return REQUESTS.labels(route, method, status)


@lru_cache(maxsize=1024)
def _costs(route: str) -> tuple[Histogram, Counter, Counter]:
    return SECONDS.labels(route), QUERIES.labels(route), QUERY_SECONDS.labels(route)


def observe_request(
    seen: RequestSeen, *, route: str, method: str, status: int, seconds: float
) -> None:
    _answers(route, method, status).inc()
    histogram, queries, query_seconds = _costs(route)
    histogram.observe(seconds)
    if seen.queries:
        queries.inc(seen.queries)
        query_seconds.inc(seen.query_seconds)


def exposed() -> bytes:
    """Return the numbers of this process; under gunicorn, of all of its processes."""
    registry = CollectorRegistry()
    if FOLDER in os.environ:
        MultiProcessCollector(registry)
        registry.register(BacklogCollector())
        return generate_latest(registry)
    registry.register(BacklogCollector())
    return generate_latest(_local) + generate_latest(registry)
