from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from blog import services

_MOST_DAYS = 36_500


class Command(BaseCommand):
    help = (
        "Delete for good the posts and comments that their authors deleted some time "
        "ago. The worker does it every hour by itself."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--days",
            type=int,
            default=services.KEPT_DAYS,
            help="How long moderators can still read them (default: %(default)s).",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        days = options["days"]
        if not 0 <= days <= _MOST_DAYS:
            raise CommandError(f"Days are a number from 0 to {_MOST_DAYS}.")
        purged = services.purge_deleted(days=days)
        self.stdout.write(f"Purged: {purged.posts} posts, {purged.comments} comments.")
