import secrets
from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from social.fake.plan import Size
from social.filling import PASSWORD
from social.management.development import FillingCommand

# Packages for development are not there in production, where this command says so.
try:
    from social.fake.builder import fill_fake
except ModuleNotFoundError as error:
    if error.name not in ("factory", "faker"):
        raise
    IS_AVAILABLE = False
else:
    IS_AVAILABLE = True

KINDS = {"members": 100, "posts": 1000, "comments": 5000, "follows": 2000}
# Long enough that two runs differ, and short enough to be typed again.
SEEDS = 1_000_000


class Command(FillingCommand):
    help = (
        "Add made-up members, posts, comments and follows to a development site. "
        "Whatever is there stays, and comes after the new posts in lists."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        for kind, number in KINDS.items():
            parser.add_argument(
                f"--{kind}", type=int, default=number, help=f"How many ({number})."
            )
        parser.add_argument(
            "--seed",
            type=int,
            help="The same seed gives an empty site the same rows again.",
        )
        parser.add_argument(
            "--until",
            type=datetime.fromisoformat,
            help=(
                "The moment before which it all happens, such as 2026-01-31T12:00 "
                "(now). Without it, times move with the day."
            ),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.refuse_outside_development("Fake data")
        if not IS_AVAILABLE:
            raise CommandError(
                "Fake data needs factory-boy and Faker, which `make setup` installs."
            )
        try:
            size = Size(**{kind: options[kind] for kind in KINDS})
        except ValueError as error:
            raise CommandError(str(error)) from error
        seed = options["seed"]
        if seed is None:
            seed = secrets.randbelow(SEEDS)
        until = options["until"] or timezone.now()
        if timezone.is_naive(until):
            until = timezone.make_aware(until)
        usernames = fill_fake(size=size, seed=seed, until=until, report=self.report)
        self.stdout.write(self.ending(usernames, seed, until))

    def ending(self, usernames: list[str], seed: int, until: datetime) -> str:
        lines = [f"The same again: --seed {seed} --until {until.isoformat()}"]
        if usernames:
            names = ", ".join(usernames[:3])
            lines.append(f"Log in as {names} or anybody else with: {PASSWORD}")
        return "\n".join(lines)
