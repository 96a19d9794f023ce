from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import services
from accounts.exceptions import NoSecondFactor
from accounts.models import User


class Command(BaseCommand):
    help = (
        "Let a member who lost their phone and their recovery codes in with the "
        "password alone, and tell them by mail."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument(
            "--no-input", action="store_true", help="Ask nothing before doing it."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.named(options["username"]).first()
        if user is None:
            raise CommandError("Nobody has this username.")
        if not options["no_input"] and not self.is_sure(user):
            self.stdout.write("Nothing was done.")
            return
        try:
            services.reset_second_factors(user=user)
        except NoSecondFactor as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{user} logs in with the password alone, and is told so.")

    def is_sure(self, user: User) -> bool:
        self.stdout.write(
            f"Are you sure that whoever asked you is {user}? Their app, passkeys and "
            "recovery codes will be gone."
        )
        return input("Type the username to go on: ").lower() == user.username.lower()
