"""Bringing a site up to the version of its code, from one host at a time."""

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import OperationalError, connection

from flasky_site.operations import Say

# An arbitrary number that all versions of Flasky agree on.
_LOCK_ID = 7_355_608
# A migration that waits for a table must not make every page wait behind it: it gives
# way, and is tried again when the table may be free.
_LOCK_TIMEOUT = "5s"
_MOST_TRIES = 12
_BETWEEN_TRIES = 1.0


class DeployIsRunning(Exception):
    """Another host holds the lock, and still did at the end of the wait."""


@contextmanager
def deploy_lock(*, wait: float, say: Say) -> Iterator[None]:
    """Hold what only one deployment of this database can hold.

    Wait up to ``wait`` seconds for another one to end; raise DeployIsRunning then. The
    lock goes with its process, however that ends.
    """
    is_told = False
    ends = time.monotonic() + wait
    with _lock() as take:
        while not take():
            if time.monotonic() >= ends:
                raise DeployIsRunning
            if not is_told:
                say("Another deployment of this database is running; waiting for it.")
                is_told = True
            time.sleep(0.2)
        yield


def _lock() -> AbstractContextManager[Callable[[], bool]]:
    return _lock_in_server() if connection.vendor == "postgresql" else _lock_on_file()


@contextmanager
def _lock_in_server() -> Iterator[Callable[[], bool]]:
    """https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS"""

    def take() -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK_ID])
            return cursor.fetchone()[0]

    try:
        yield take
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock_all()")


@contextmanager
def _lock_on_file() -> Iterator[Callable[[], bool]]:
    """SQLite's file is on one host, and so is a lock beside it."""
    path = Path(f"{connection.settings_dict['NAME']}.deploy")
    with path.open("w") as file:

        def take() -> bool:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True

        yield take


def deploy(*, with_static_files: bool, verbosity: int, say: Say) -> None:
    """Check, migrate, repair roles and triggers, collect static files, check again.

    Each step may be repeated. What serves the site meanwhile is not disturbed.
    """
    say("Checking the settings")
    call_command("check", deploy=True, fail_level="ERROR")
    say("Migrating the database; roles and triggers follow from it")
    migrate_giving_way(verbosity=verbosity, say=say)
    if with_static_files:
        say("Collecting static files")
        call_command("collectstatic", interactive=False, verbosity=0)
    say("Checking the database")
    call_command("check", databases=["default"], fail_level="ERROR")
    say("Deployed. Restart what serves the site, and its workers.")


def migrate_giving_way(*, verbosity: int, say: Say) -> None:
    """Migrate without making pages wait for a table longer than 5 s.

    A migration is one transaction, so one that gave way begins from nothing.
    """
    with _patience_of_migrations():
        for tries_left in reversed(range(_MOST_TRIES)):
            try:
                call_command("migrate", interactive=False, verbosity=verbosity)
            except OperationalError as error:
                if not tries_left or not _gave_way(error):
                    raise
                say("A table is in use; trying again.")
                time.sleep(_BETWEEN_TRIES)
            else:
                return


def _gave_way(error: OperationalError) -> bool:
    """https://www.postgresql.org/docs/current/errcodes-appendix.html"""
    return getattr(error.__cause__, "sqlstate", "") == "55P03"


@contextmanager
def _patience_of_migrations() -> Iterator[None]:
    """No page's limit on a statement, and a limit on waiting for locks."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(
            f"SET statement_timeout = 0; SET lock_timeout = '{_LOCK_TIMEOUT}'"
        )
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET statement_timeout")
            cursor.execute("RESET lock_timeout")
