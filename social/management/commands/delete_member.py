from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from flasky_site.lib.errors import DomainError
from social import services


class Command(BaseCommand):
    help = (
        "Delete a member with all that they wrote. They have no page any more at once, "
        "and the worker deletes the rest; run it again if the worker failed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument(
            "--no-input", action="store_true", help="Ask nothing before doing it."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        member = User.objects.named(options["username"]).first()
        if member is None:
            raise CommandError("Nobody has this username.")
        if not options["no_input"] and not self.is_sure(member):
            self.stdout.write("Nothing was done.")
            return
        try:
            services.delete_member(actor=None, member=member)
        except DomainError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{member} is gone. The worker deletes what they left.")

    def is_sure(self, member: User) -> bool:
        self.stdout.write(
            f"{member} ({member.email}) will be gone for good, with "
            f"{member.post_count} posts and all that was said about them, "
            f"{member.comment_count} comments, {member.follower_count} followers and "
            f"{member.following_count} whom they follow."
        )
        return input("Type the username to go on: ").lower() == member.username.lower()
