from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from flasky_site.operations.backups import verify
from flasky_site.operations.backups.command import BackupCommand


class Command(BackupCommand):
    help = (
        "Prove that a backup can be restored: restore it into a scratch database and "
        "compare every table and picture. The site is not touched."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--scratch-database",
            default="",
            help="an empty database of the same server; without it one is made",
        )

    def handle(self, *, file: Path, scratch_database: str, **options: Any) -> None:
        manifest = verify(
            file, scratch_database=scratch_database, say=self.stdout.write
        )
        rows = sum(count for count, _ in manifest.tables.values())
        self.stdout.write(
            f"{file} is whole: {rows} rows in {len(manifest.tables)} tables and "
            f"{len(manifest.members) - 1} pictures, as they were at {manifest.made_at}."
        )
