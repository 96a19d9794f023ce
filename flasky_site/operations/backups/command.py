"""What the commands of backups have in common."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from .errors import BackupError


class BackupCommand(BaseCommand):
    """A command that says what to put right, and shows no code with it.

    Told to end, it takes away what it has not finished.
    """

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            with _tidying_when_told_to_end():
                return super().execute(*args, **options)
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from None


@contextmanager
def _tidying_when_told_to_end() -> Iterator[None]:
    # By itself the signal ends Python at once, and a copy of the database stays behind.
    before = signal.signal(
        signal.SIGTERM, lambda number, _frame: sys.exit(128 + number)
    )
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
