"""Databases that are there for one measurement alone."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.test.utils import get_runner


@contextmanager
def temporary_database() -> Iterator[None]:
    """Make the test database of DATABASE_URL, and remove it whatever happened.

    One that an earlier run left behind is replaced.
    """
    runner = get_runner(settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        yield
    finally:
        runner.teardown_databases(databases)
