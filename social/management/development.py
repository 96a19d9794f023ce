"""What the commands that fill a development site share."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class FillingCommand(BaseCommand):
    requires_migrations_checks = True

    def refuse_outside_development(self, what: str) -> None:
        """Raise CommandError in production."""
        if not settings.DEBUG:
            raise CommandError(
                f"{what} is for development alone: everybody knows its password."
            )

    def report(self, done: int, total: int, what: str) -> None:
        """Count on one line in a terminal, and write a line for each kind elsewhere."""
        is_complete = done == total
        if self.stdout.isatty():
            ending = "\n" if is_complete else ""
            self.stdout.write(f"\r{done:>4} of {total} {what}", ending=ending)
            self.stdout.flush()
        elif is_complete:
            self.stdout.write(f"{total} {what}")
