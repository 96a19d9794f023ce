"""Whether the site can serve: the database, the cache, the migrations."""

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NoAnswer

from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from redis.exceptions import RedisError

from flasky_site.lib.shared_cache import strict_cache

logger = logging.getLogger(__name__)

# Shorter than the patience of whoever asks, whatever hangs.
PATIENCE_SECONDS = 2.0
# However often somebody asks, it is looked once in that time.
_KEPT_SECONDS = 1.0

_ERRORS = (DatabaseError, InterfaceError, RedisError, OSError)


class Check:
    """One thing that the site needs, looked at by one thread at a time.

    A look that hangs holds up nobody: who asks meanwhile waits for the same one, and
    no longer than PATIENCE_SECONDS.
    """

    def __init__(self, look: Callable[[], str]) -> None:
        self._look = look
        self._lock = threading.Lock()
        self._answer: Future[str] | None = None
        self._asked_at = 0.0

    def ask(self) -> Future[str]:
        """Begin to look, unless that is done already or was a moment ago."""
        with self._lock:
            answer = self._answer
            is_recent = time.monotonic() - self._asked_at < _KEPT_SECONDS
            if answer is None or (answer.done() and not is_recent):
                answer = self._answer = Future()
                self._asked_at = time.monotonic()
                self._begin(answer)
            return answer

    def _begin(self, answer: Future[str]) -> None:
        look = threading.Thread(target=self._answer_with, args=[answer], daemon=True)
        try:
            look.start()
        except RuntimeError as error:
            # There are too many threads: nobody would answer, ever.
            answer.set_result(type(error).__name__)

    def forget(self) -> None:
        with self._lock:
            self._answer = None

    def _answer_with(self, answer: Future[str]) -> None:
        try:
            answer.set_result(self._look())
        except Exception as error:
            # Without an answer, nobody would look again.
            answer.set_result(type(error).__name__)
            if not isinstance(error, _ERRORS):
                logger.exception("Could not look whether the site is ready")


class _DatabaseCheck:
    """The database takes a connection, and all migrations of this code are applied.

    The latter is asked until it is so.
    """

    def __init__(self) -> None:
        self.are_applied = False

    def __call__(self) -> str:
        """Return what is wrong with the database, "" for nothing.

        The connection is a new one, so that a site whose database takes no more of
        them is not ready.
        """
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            if not self.are_applied:
                executor = MigrationExecutor(connection)
                targets = executor.loader.graph.leaf_nodes()
                self.are_applied = not executor.migration_plan(targets)
        finally:
            connection.close()
        return "" if self.are_applied else "migrations are missing"


def _look_at_cache() -> str:
    """Return what is wrong with the cache, "" for nothing."""
    mark, cache = str(time.monotonic()), strict_cache()
    cache.set("readyz", mark, 10)
    return "" if cache.get("readyz") else "it forgets"


look_at_database = _DatabaseCheck()
CHECKS = {"database": Check(look_at_database), "cache": Check(_look_at_cache)}


def failures() -> dict[str, str]:
    """Return what is wrong by the name of its check, {} when the site can serve."""
    answers = {name: check.ask() for name, check in CHECKS.items()}
    until = time.monotonic() + PATIENCE_SECONDS
    found = {name: _wait(answer, until) for name, answer in answers.items()}
    return {name: wrong for name, wrong in found.items() if wrong}


def _wait(answer: Future[str], until: float) -> str:
    try:
        return answer.result(max(until - time.monotonic(), 0.001))
    except NoAnswer:
        return f"no answer in {PATIENCE_SECONDS:g} s"
