from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from social.demo.builder import PASSWORD, fill_demo

LOG_INS = f"""
  Log in with one of these and the password {PASSWORD}

    user@example.com            User
    moderator@example.com       Moderator
    administrator@example.com   Administrator
"""


class Command(BaseCommand):
    help = "Fill an empty development site with members, posts, comments and follows."
    requires_migrations_checks = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="Do nothing, rather than refuse, when there are members already.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError(
                "The demo is for development alone: everybody knows its password."
            )
        if User.objects.exists():
            if not options["if_empty"]:
                raise CommandError(
                    "There are members already, and the demo wants an empty site."
                )
            self.report_what_is_there()
            return
        fill_demo(report=self.report)
        self.stdout.write(LOG_INS)

    def report_what_is_there(self) -> None:
        is_demo = User.objects.filter(email="user@example.com").exists()
        self.stdout.write(
            LOG_INS if is_demo else "There are members already: nothing was done."
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
