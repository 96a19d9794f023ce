from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from flasky_site.operations.backups import restore
from flasky_site.operations.backups.command import BackupCommand


class Command(BackupCommand):
    help = (
        "Put a backup in the place of this site. Stop what serves it first. An empty "
        "site is filled; another one is refused without --overwrite."
    )
    # The database may be empty.
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="replace the database that is here; what is in it is lost",
        )

    def handle(self, *, file: Path, overwrite: bool, **options: Any) -> None:
        manifest = restore(file, overwrite=overwrite, say=self.stdout.write)
        self.stdout.write(f"Restored what the site was at {manifest.made_at}.")
