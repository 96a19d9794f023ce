from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from accounts.models import User
from social.demo.builder import fill_demo
from social.filling import PASSWORD
from social.management.development import FillingCommand

LOG_INS = f"""
  Log in with one of these and the password {PASSWORD}

    user@example.com            User
    moderator@example.com       Moderator
    administrator@example.com   Administrator
"""


class Command(FillingCommand):
    help = "Fill an empty development site with members, posts, comments and follows."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="Do nothing, rather than refuse, when there are members already.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.refuse_outside_development("The demo")
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
