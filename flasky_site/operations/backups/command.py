"""What the commands of backups have in common."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from .errors import BackupError


class BackupCommand(BaseCommand):
    """A command that says what to put right, and shows no code with it."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from None
