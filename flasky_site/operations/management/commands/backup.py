from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from flasky_site.operations.backups import back_up
from flasky_site.operations.backups.command import BackupCommand


class Command(BackupCommand):
    help = (
        "Write database and pictures of this site to one file, as they are at one "
        "moment, while it goes on. The file holds all that members keep here: guard it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--overwrite", action="store_true", help="replace a file of that name"
        )

    def handle(self, *, file: Path, overwrite: bool, **options: Any) -> None:
        if file.exists() and not overwrite:
            raise CommandError(
                f"{file} is there already. Use --overwrite to replace it."
            )
        manifest = back_up(file, say=self.stdout.write)
        rows = sum(count for count, _ in manifest.tables.values())
        self.stdout.write(
            f"{file}: {file.stat().st_size / 1e6:.1f} MB, {rows} rows in "
            f"{len(manifest.tables)} tables. Prove it with: verify {file}"
        )
