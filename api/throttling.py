"""How often somebody may ask, counted in the cache that all processes share."""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache, caches

from flasky_site.lib.redis_cache import RedisCache


@dataclass(frozen=True)
class Usage:
    """What is left of one limit in the window of time that is running."""

    kind: str
    limit: int
    window: int
    left: int
    seconds: int

    @property
    def is_over(self) -> bool:
        return self.left < 0

    def headers(self) -> dict[str, str]:
        """Return the headers of draft-ietf-httpapi-ratelimit-headers."""
        return {
            "RateLimit-Policy": f'"{self.kind}";q={self.limit};w={self.window}',
            "RateLimit": f'"{self.kind}";r={max(0, self.left)};t={self.seconds}',
        }


def take(**who: object) -> Usage:
    """Count one request of each of ``who``, by the kinds of limits they are under.

    Return the limit of which the least is left.
    """
    now = time.time()
    limits = [(kind, *settings.API_LIMITS[kind]) for kind in who]
    keys = [
        f"api:{kind}:{who[kind]}:{int(now // window)}"
        for kind, _limit, window in limits
    ]
    counts = _count(keys, 2 * max(window for _kind, _limit, window in limits))
    usages = [
        Usage(kind, limit, window, limit - used, math.ceil(window - now % window))
        for (kind, limit, window), used in zip(limits, counts, strict=True)
    ]
    return min(usages, key=lambda usage: usage.left)


def _count(keys: Sequence[str], seconds: int) -> list[int]:
    """Add one to each of ``keys``, which last that long, and return what they are."""
    shared = caches["default"]
    if isinstance(shared, RedisCache):
        return shared.count_up(keys, seconds)
    return [_count_in_cache(key, seconds) for key in keys]


def _count_in_cache(key: str, seconds: int) -> int:
    try:
        return cache.incr(key)
    except ValueError:
        # The first of its window, or one of several that came at the same moment.
        is_first = cache.add(key, 1, seconds)
        return 1 if is_first else cache.incr(key)
