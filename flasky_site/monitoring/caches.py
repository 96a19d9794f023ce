"""Caches that count how often they had what was asked for."""

from collections.abc import Iterable
from typing import Any

from django.core.cache.backends.locmem import LocMemCache

from flasky_site.lib.redis_cache import RedisCache
from flasky_site.lib.shared_cache import SteadyRedisCache

from . import metrics

_NOTHING = object()


class CountsLookups:
    """Counts hits and misses of ``get``, and of what is built on it."""

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        found = super().get(key, _NOTHING, version)  # type: ignore[misc]
        if found is _NOTHING:
            metrics.MISSES.inc()
            return default
        metrics.HITS.inc()
        return found


class CountedStrictCache(CountsLookups, RedisCache):
    pass


class CountedRedisCache(CountsLookups, SteadyRedisCache):
    strict_kind = CountedStrictCache

    # Does not ask by ``get``, as other caches do.
    def get_many(
        self, keys: Iterable[Any], version: int | None = None
    ) -> dict[Any, Any]:
        asked = list(keys)
        found: dict[Any, Any] = super().get_many(asked, version)
        metrics.HITS.inc(len(found))
        metrics.MISSES.inc(len(asked) - len(found))
        return found


class CountedLocMemCache(CountsLookups, LocMemCache):
    pass
