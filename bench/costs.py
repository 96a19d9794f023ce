"""What one page costs in this process, when it is cached and when nothing of it is."""

import itertools
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

from django.core.cache import caches
from django.test import override_settings

from bench import figures, plans
from bench.plans import Statement
from bench.readers import answer, prepared
from bench.visits import Visit
from flasky_site.lib import fragments

ROUNDS = 40
# A slow page is asked for less often, and at least so often.
SECONDS, LEAST = 1.5, 5
_numbers = itertools.count()


def forget_everything() -> None:
    """Let nothing that is cached be found again, in whatever cache it is."""
    fragments.forget_all()
    for cache in caches.all():
        cache.key_prefix = f"{cache.key_prefix.partition('~')[0]}~{next(_numbers)}"


def _no_kept_pages() -> AbstractContextManager[Any]:
    """Keep whole pages from being kept, which processes do in their own memory, too."""
    return override_settings(VISITOR_PAGES_CACHED_SECONDS=0)


def measure(visit: Visit) -> dict[str, Any]:
    """Return the figures of a page: of ``cold`` requests, and of ``warm`` ones.

    Queries and buffers are those of the last request of each kind.
    """
    first = answer(prepared(visit.path, visit.headers))
    if first.status_code != 200:
        sys.exit(f"{visit.name}: {visit.path} answered {first.status_code}.")
    return {
        "name": visit.name,
        "path": visit.path,
        "signed_in": visit.is_signed_in,
        "is_known": bool(visit.headers),
        "bytes": len(first.content),
        "cold": _measure_rounds(visit, is_cold=True),
        "warm": _measure_rounds(visit, is_cold=False),
    }


def _rounds() -> Iterator[int]:
    end = time.monotonic() + SECONDS
    for number in range(ROUNDS):
        if number >= LEAST and time.monotonic() > end:
            return
        yield number


def _measure_rounds(visit: Visit, *, is_cold: bool) -> dict[str, Any]:
    answer(prepared(visit.path, visit.headers))
    rounds = []
    for _number in _rounds():
        if is_cold:
            forget_everything()
        with _no_kept_pages() if is_cold else nullcontext():
            rounds.append(_measure_once(visit))
    return {
        "ms": figures.spread([once.milliseconds for once in rounds]),
        "cpu_ms": figures.spread([once.processor for once in rounds]),
        "database_ms": figures.spread([once.in_database for once in rounds]),
        **_touched(rounds[-1].statements),
    }


@dataclass(frozen=True)
class Once:
    """One request; times are in milliseconds."""

    milliseconds: float
    processor: float
    statements: list[Statement]

    @property
    def in_database(self) -> float:
        return sum(statement.milliseconds for statement in self.statements)


def _measure_once(visit: Visit) -> Once:
    request = prepared(visit.path, visit.headers)
    with plans.noted_statements() as statements:
        start, spent = time.perf_counter(), time.process_time()
        response = answer(request)
        processor = (time.process_time() - spent) * 1000
        milliseconds = (time.perf_counter() - start) * 1000
    if response.status_code != 200:
        sys.exit(f"{visit.name}: answered {response.status_code}.")
    return Once(milliseconds, processor, statements)


def _touched(statements: list[Statement]) -> dict[str, Any]:
    found = [plan for plan in map(plans.explain, statements) if plan]
    whole = {name for plan in found for name in plans.tables_read_whole(plan)}
    whole &= plans.large_tables()
    return {
        "queries": len(statements),
        "buffers": sum(map(plans.buffers, found)),
        "tables_read_whole": sorted(whole),
    }
