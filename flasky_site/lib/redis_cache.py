"""Redis as ``CACHES`` has it, with less around each question and an end to waiting."""

from collections.abc import Sequence
from typing import Any

from django.core.cache.backends.redis import RedisCache as DjangosRedisCache
from django.core.cache.backends.redis import RedisCacheClient
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

# In seconds. A page must not wait for a cache that does not answer; one on the same
# network does so within a thousandth of that.
_PATIENCE = 1.0


class _Client(RedisCacheClient):
    """Keeps its clients: making one for each question costs twice what that does."""

    def __init__(self, servers: Any, **options: Any) -> None:
        options.setdefault("socket_connect_timeout", _PATIENCE)
        options.setdefault("socket_timeout", _PATIENCE)
        # Once more for a connection that had died meanwhile. redis-py would go on for
        # seconds when there is nobody to connect to.
        options.setdefault("retry", Retry(NoBackoff(), 1))
        super().__init__(servers, **options)
        self._clients: dict[bool, Redis] = {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Redis:
        # Each thread has a backend of its own, and reads go on from one replica.
        if write not in self._clients:
            self._clients[write] = super().get_client(key, write=write)
        return self._clients[write]


class RedisCache(DjangosRedisCache):
    """Django's backend, but for the client behind it, and with what counts requests."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = _Client

    def count_up(self, keys: Sequence[str], seconds: int) -> list[int]:
        """Add one to each of ``keys`` and return what they are now.

        One that is not there begins with 1 and lasts that long. All are asked for in
        one turn; ``incr`` takes two for each, and fails for those that are not there.
        """
        client: Redis = self._cache.get_client(write=True)
        turn = client.pipeline(transaction=False)
        for key in map(self.make_and_validate_key, keys):
            turn.set(key, 0, ex=seconds, nx=True)
            turn.incr(key)
        counts: list[int] = turn.execute()[1::2]
        return counts
