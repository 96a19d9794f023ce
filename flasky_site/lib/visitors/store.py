"""Where kept pages are: in the cache that all processes share, and near at hand."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import blake2b
from threading import Lock
from typing import NamedTuple, TypeVar

from django.urls import ResolverMatch
from redis.exceptions import RedisError

from flasky_site.lib.shared_cache import strict_cache

from .pages import KeptPage

logger = logging.getLogger(__name__)
Answer = TypeVar("Answer")

# Raise it when what is kept is written in another form.
_PREFIX = "visitors:1"
_GENERATION = f"{_PREFIX}:generation"
# How long others may be sent an old page while one is at making the next, in seconds.
GRACE = 10
# Who makes a page and dies is waited for no longer.
_MAKING = 10
# A cache that could not be reached is left alone for so long.
_REST = 5
# For so long, in seconds, a process takes the generation for what it was when it asked:
# a question costs a quarter of what else is done for a hit. Whoever raises it waits as
# long, so that nobody goes by the old one when they say that it is done.
LEASE = 0.02
# A page is about 50 kB with its codings.
_NEAR_AT_MOST = 128


class Place(NamedTuple):
    """What one page is asked for by; two requests that differ in it share nothing."""

    scheme: str
    host: str
    path: str
    query: str

    @property
    def key(self) -> str:
        digest = blake2b(repr(tuple(self)).encode(), digest_size=20).hexdigest()
        return f"{_PREFIX}:page:{digest}"


class NearPage(NamedTuple):
    """A page in this process, fresh until then by the monotonic clock."""

    page: KeptPage
    fresh_until: float
    match: ResolverMatch


@dataclass
class NearPages:
    """The pages of this process, so that a hit need not move them across the network.

    They count for nothing until the shared generation says that they still hold.
    """

    pages: dict[Place, NearPage] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def find(self, place: Place) -> NearPage | None:
        near = self.pages.get(place)
        return near if near and time.monotonic() < near.fresh_until else None

    def keep(
        self, place: Place, page: KeptPage, *, seconds: float, match: ResolverMatch
    ) -> None:
        """Keep ``page`` for what is left of ``seconds``; the oldest makes way."""
        left = seconds - age_of(page)
        with self.lock:
            self.pages.pop(place, None)
            while len(self.pages) >= _NEAR_AT_MOST:
                del self.pages[next(iter(self.pages))]
            self.pages[place] = NearPage(page, time.monotonic() + left, match)


def age_of(page: KeptPage) -> float:
    """Return how old ``page`` is in seconds; another host's clock may be ahead."""
    return max(0.0, time.time() - page.made_at)


class PageStore:
    """The pages in the shared cache. Nothing here fails when it cannot be reached.

    The generation is a number that every kept page bears. Raised, it makes all of them
    void at once, in all processes.
    """

    def __init__(self) -> None:
        self.ask_anew()

    def ask_anew(self) -> None:
        """Forget what is known of the cache."""
        self._rests_until = 0.0
        self._owes_generation = False
        # A generation, and until when it may be gone by.
        self._lease: tuple[int | None, float] = (None, 0.0)

    def generation(self) -> int | None:
        """Return the present generation, None while the cache cannot be reached.

        It may be ``LEASE`` seconds old.
        """
        # Counted from before the question: it may be answered long before it is read.
        now = time.monotonic()
        held, until = self._lease
        if now < until:
            return held
        if self._rests() or (self._owes_generation and not self.raise_generation()):
            return None
        generation = self._ask(_read_generation)
        self._lease = generation, now + LEASE
        return generation

    def raise_generation(self) -> bool:
        """Make all pages void; False when it is done as soon as the cache is back.

        Others may reach the cache which this process left alone a moment ago, so it
        is asked at once all the same.
        """
        self._rests_until = 0.0
        self._owes_generation = self._ask(_raise_generation) is None
        self._lease = None, 0.0
        return not self._owes_generation

    def find(self, place: Place) -> KeptPage | None:
        """Return the page of ``place``, of whatever age and generation."""
        packed = self._ask(lambda: strict_cache().get(place.key))
        return KeptPage(*packed) if packed else None

    def keep(self, place: Place, page: KeptPage, *, seconds: float) -> None:
        timeout = int(seconds + GRACE) + 1
        self._ask(lambda: strict_cache().set(place.key, page.pack(), timeout))

    def begin(self, place: Place) -> bool:
        """Say whether it is on the caller to make the page; others are at it else.

        Whoever it is on calls ``end`` when it is done.
        """
        return (
            self._ask(lambda: strict_cache().add(_lock_of(place), 1, _MAKING))
            is not False
        )

    def end(self, place: Place) -> None:
        self._ask(lambda: strict_cache().delete(_lock_of(place)))

    def is_being_made(self, place: Place) -> bool:
        """Say whether somebody is at making the page."""
        return bool(self._ask(lambda: strict_cache().has_key(_lock_of(place))))

    def _ask(self, question: Callable[[], Answer]) -> Answer | None:
        """Return the answer; None while the cache is left alone, or when it is away."""
        if self._rests():
            return None
        try:
            return question()
        except RedisError as error:
            self._rests_until = time.monotonic() + _REST
            logger.warning("Pages are not kept: the cache is away (%s)", error)
            return None

    def _rests(self) -> bool:
        return time.monotonic() < self._rests_until


def _lock_of(place: Place) -> str:
    return f"{place.key}:lock"


def _read_generation() -> int | None:
    # A process that remembers by itself must not take that for what all have.
    cache = strict_cache()
    generation: int | None = cache.get(_GENERATION)
    if generation is None:
        # A new number each time: pages of before the cache was emptied must not count.
        cache.add(_GENERATION, time.time_ns(), None)
        generation = cache.get(_GENERATION)
    return generation


def _raise_generation() -> int:
    try:
        return strict_cache().incr(_GENERATION)
    except ValueError:  # There is none, and so no page that counts.
        return 0


store = PageStore()
near_pages = NearPages()
