"""The cache that all processes share, and what becomes of it while Redis is away."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.core.cache import cache
from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.locmem import LocMemCache
from redis.exceptions import RedisError

from .redis_cache import RedisCache

logger = logging.getLogger(__name__)
Answer = TypeVar("Answer")

# For so long Redis is not asked again after it has failed, in seconds. One thread finds
# out whether it is back, and waits if it hangs; the others need not.
PAUSE = 2.0
_AWAY = (RedisError, OSError)
# A limit of a few dozen moments each.
_MOST_IN_MEMORY = 10_000


class SteadyRedisCache(RedisCache):
    """Redis, or while it does not answer, the memory of this process.

    Limits on tries are then counted in each process by itself: nobody is locked out,
    and a guesser gets as many times more tries as there are processes. What was kept
    meanwhile is forgotten once Redis answers.
    """

    strict_kind: type[RedisCache] = RedisCache

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        # Other instances of this process, one a thread, go by the same.
        self._state = _states.setdefault(str(server), _State())
        instead = {**params, "OPTIONS": {"MAX_ENTRIES": _MOST_IN_MEMORY}}
        self._memory = LocMemCache(f"instead-of-{server}", instead)
        # For who must know whether Redis itself is there; with the same connections.
        self.strict = self.strict_kind(server, params)
        self.strict.__dict__["_cache"] = self._cache

    def add(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("add", super().add, *args, **kwargs)

    def get(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("get", super().get, *args, **kwargs)

    def set(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("set", super().set, *args, **kwargs)

    def touch(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("touch", super().touch, *args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("delete", super().delete, *args, **kwargs)

    def get_many(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("get_many", super().get_many, *args, **kwargs)

    def has_key(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("has_key", super().has_key, *args, **kwargs)

    def incr(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("incr", super().incr, *args, **kwargs)

    def set_many(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("set_many", super().set_many, *args, **kwargs)

    def delete_many(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("delete_many", super().delete_many, *args, **kwargs)

    def clear(self) -> Any:
        return self._ask("clear", super().clear)

    def count_up(self, keys: Sequence[str], seconds: int) -> list[int]:
        count_in_redis = super().count_up
        return self.ask(
            lambda: count_in_redis(keys, seconds),
            lambda: [self._count_in_memory(key, seconds) for key in keys],
        )

    def _count_in_memory(self, key: str, seconds: int) -> int:
        self._memory.add(key, 0, seconds)
        return self._memory.incr(key)

    def ask(
        self, question: Callable[[], Answer], instead: Callable[[], Answer]
    ) -> Answer:
        """Return what ``question`` finds in Redis, or ``instead`` while it is away."""
        if self._state.is_worth_a_try():
            try:
                answer = question()
            except _AWAY as error:
                self._state.note_failure(error)
            else:
                if self._state.note_answer():
                    self._memory.clear()
                return answer
        return instead()

    def _ask(
        self, name: str, ask_redis: Callable[..., Any], *args: Any, **kwargs: Any
    ) -> Any:
        return self.ask(
            lambda: ask_redis(*args, **kwargs),
            lambda: getattr(self._memory, name)(*args, **kwargs),
        )


def strict_cache() -> BaseCache:
    """Return the cache that tells when Redis is away."""
    strict: BaseCache = getattr(cache, "strict", cache)
    return strict


class _State:
    """Whether Redis answered this process the last time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._is_away = False
        self._next_try = 0.0

    def is_worth_a_try(self) -> bool:
        """Let one thread try at a time while Redis is away."""
        if not self._is_away:
            return True
        with self._lock:
            now = time.monotonic()
            if now < self._next_try:
                return False
            self._next_try = now + PAUSE
            return True

    def note_failure(self, error: Exception) -> None:
        with self._lock:
            was_away, self._is_away = self._is_away, True
            self._next_try = time.monotonic() + PAUSE
        if not was_away:
            logger.warning("Goes on without Redis: %s", type(error).__name__)

    def note_answer(self) -> bool:
        """Return True when Redis is back."""
        if not self._is_away:
            return False
        with self._lock:
            was_away, self._is_away = self._is_away, False
        if was_away:
            logger.warning("Redis is back")
        return was_away


_states: dict[str, _State] = {}
