from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, InterfaceError

from flasky_site.operations.deployment import DeployIsRunning, deploy, deploy_lock


class Command(BaseCommand):
    help = (
        "Bring the database, the roles and the static files up to this version of the "
        "code. Safe to repeat, and to run on several hosts at once: they take turns."
    )
    # deploy() checks more than Django would.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--wait",
            type=float,
            default=900.0,
            help="seconds to wait for another deployment to end (900)",
        )
        parser.add_argument(
            "--skip-static",
            action="store_true",
            help="leave the static files, where building an image has collected them",
        )

    def handle(
        self, *, wait: float, skip_static: bool, verbosity: int, **options: Any
    ) -> None:
        say = self.stdout.write
        try:
            with deploy_lock(wait=wait, say=say):
                deploy(with_static_files=not skip_static, verbosity=verbosity, say=say)
        except DeployIsRunning:
            raise CommandError(
                "Another deployment of this database still runs. Nothing was done "
                "here; try again when it has ended."
            ) from None
        except (DatabaseError, InterfaceError) as error:
            # With --traceback it is shown where.
            raise CommandError(
                f"The database refused it: {str(error).strip()}\nThe step that failed "
                "is not done, and what serves the site goes on. Deploy again when this "
                "is put right."
            ) from error
