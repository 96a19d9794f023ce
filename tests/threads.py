"""Doing several things at the same moment, each with a connection of its own."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection


def at_once(*acts):
    """Start ``acts`` together; return what each returned or raised, in their order."""
    barrier = Barrier(len(acts))

    def run(act):
        barrier.wait()
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        futures = [pool.submit(run, act) for act in acts]
        return [future.exception() or future.result() for future in futures]


def wait_until_somebody_waits():
    """Return once another connection waits for what this one holds."""
    _wait_until(
        "SELECT count(*) > 0 FROM pg_locks WHERE NOT granted "
        "AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
    )


def wait_until_somebody_queues():
    """Return once a connection waits for a row behind another one that waits."""
    _wait_until(
        "SELECT count(*) > 0 FROM pg_locks JOIN pg_database ON oid = database "
        "WHERE NOT granted AND locktype = 'tuple' AND datname = current_database()"
    )


def _wait_until(question):
    with connection.cursor() as cursor:
        for _ in range(500):
            cursor.execute(question)
            if cursor.fetchone()[0]:
                return
            time.sleep(0.01)
    raise AssertionError("Nobody waits.")
