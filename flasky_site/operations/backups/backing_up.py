"""Making a backup while the site goes on."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from flasky_site.operations import Say

from .archive import FORMAT, MEDIA, ArchiveWriter, Manifest, writing
from .engines import (
    DUMPS,
    connection_to,
    copy_sqlite,
    dump_postgresql,
    snapshot,
    squeeze,
)
from .fingerprints import fingerprint

_PICTURES_BETWEEN_WORDS = 1_000


def back_up(path: Path, *, say: Say) -> Manifest:
    """Write database and pictures, as they were at one moment, to ``path``.

    Pictures are never changed, only added and removed. Those that are there are taken
    first and those that came meanwhile last, so that none is missing which the database
    names: at most some that it no longer names are too many.

    Raise BackupError or OSError; nothing is at ``path`` then that was not there before.
    """
    with writing(path) as archive, _scratch_beside(path) as scratch:
        say("Pictures")
        _add_pictures(archive, say)
        say("Database")
        manifest = _add_database(archive, scratch, say)
        say("Pictures that came meanwhile")
        _add_pictures(archive, say)
        archive.finish(manifest)
    return manifest


def _scratch_beside(path: Path) -> tempfile.TemporaryDirectory[str]:
    """Where there is room for the backup there is room for the database."""
    return tempfile.TemporaryDirectory(dir=path.parent, prefix=".backup-")


def _add_pictures(archive: ArchiveWriter, say: Say) -> None:
    added = 0
    for name, path in pictures():
        if MEDIA + name in archive.members:
            continue
        try:
            archive.add(MEDIA + name, path)
        except FileNotFoundError:
            # Its owner removed it a moment ago.
            continue
        added += 1
        if added % _PICTURES_BETWEEN_WORDS == 0:
            say(f"  {added} pictures")
    say(f"  {added} pictures in all")


def pictures() -> Iterator[tuple[str, Path]]:
    """Yield the path of each uploaded file in its folder, and on the machine."""
    root = Path(settings.MEDIA_ROOT)
    for folder, _, names in os.walk(root):
        for name in names:
            path = Path(folder) / name
            yield path.relative_to(root).as_posix(), path


def _add_database(archive: ArchiveWriter, scratch: str, say: Say) -> Manifest:
    name = DUMPS[connection.vendor]
    dump = Path(scratch) / name
    if connection.vendor == "postgresql":
        with snapshot(connection):
            dump_postgresql(connection, dump)
            say("  counting what is in it")
            manifest = _describe(connection)
    else:
        copy = Path(scratch) / "copy.sqlite3"
        copy_sqlite(connection, copy, say)
        with connection_to(str(copy)) as still:
            manifest = _describe(still)
        squeeze(copy, dump)
    archive.add(name, dump)
    return manifest


def _describe(database: BaseDatabaseWrapper) -> Manifest:
    with database.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        applied = cursor.fetchall()
    return Manifest(
        format=FORMAT,
        made_at=timezone.now().isoformat(),
        engine=database.vendor,
        database=DUMPS[database.vendor],
        migrations=sorted(f"{app}.{name}" for app, name in applied),
        tables=fingerprint(database),
    )
