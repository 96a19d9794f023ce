"""Putting a backup in the place of a site."""

import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from flasky_site.lib.visitors import forget_pages
from flasky_site.operations import Say

from .archive import MEDIA, ArchiveReader, Manifest, reading
from .backing_up import pictures
from .engines import DUMPS, restore_postgresql, restore_sqlite, unsqueeze
from .errors import BackupError


def restore(path: Path, *, overwrite: bool, say: Say) -> Manifest:
    """Put database and pictures of the backup at ``path`` in the place of this site's.

    The whole file is read and compared with its hashes before anything is changed, and
    the database is replaced in one transaction. Pictures that the backup does not know
    stay. A backup of an older version is migrated to this one. Pages that were kept for
    visitors are forgotten.

    Raise BackupError when there is a site already and ``overwrite`` is not given, for a
    damaged file, another engine, or a newer version.
    """
    with reading(path) as archive, tempfile.TemporaryDirectory() as scratch:
        manifest = archive.manifest
        refuse_what_cannot_be_restored(manifest)
        if not overwrite:
            _refuse_to_overwrite()
        say("Reading the backup")
        dump = unpack(archive, Path(scratch))
        _put_pictures(archive, say)
        say("Database")
        if manifest.engine == "postgresql":
            restore_postgresql(connection, dump)
        else:
            restore_sqlite(connection, dump)
    say("Migrating to this version")
    call_command("migrate", interactive=False, verbosity=0)
    forget_pages()
    return manifest


def refuse_what_cannot_be_restored(manifest: Manifest) -> None:
    if manifest.engine != connection.vendor:
        raise BackupError(
            f"The backup is of a site on {manifest.engine}, and this one is on "
            f"{connection.vendor}."
        )
    if manifest.database != DUMPS[manifest.engine]:
        # It would be written where the name says.
        raise BackupError(f"The backup names an unknown file: {manifest.database!r}.")
    known = MigrationLoader(None).disk_migrations
    unknown = {*manifest.migrations} - {f"{app}.{name}" for app, name in known}
    # Applied in a squashed form or by a package that is gone: both look like this too.
    if unknown:
        raise BackupError(
            "The backup was made by a newer version of Flasky, which knows "
            f"{', '.join(sorted(unknown)[:3])}. Install that version first."
        )


def _refuse_to_overwrite() -> None:
    has_members = "accounts_user" in connection.introspection.table_names() and (
        _exists("SELECT 1 FROM accounts_user LIMIT 1")
    )
    if has_members or next(pictures(), None):
        raise BackupError(
            "There is a site here already. Nothing was changed. To put the backup in "
            "its place, back this one up, stop what serves it, and use --overwrite."
        )


def _exists(query: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone() is not None


def unpack(archive: ArchiveReader, scratch: Path) -> Path:
    """Compare every member with its hash, and return the database's file."""
    for name in archive.media():
        archive.copy(MEDIA + name, None)
    dump = scratch / archive.manifest.database
    archive.copy(archive.manifest.database, dump)
    if archive.manifest.engine != "sqlite":
        return dump
    plain = scratch / "database.sqlite3"
    unsqueeze(dump, plain)
    return plain


def _put_pictures(archive: ArchiveReader, say: Say) -> None:
    root = Path(settings.MEDIA_ROOT)
    names = archive.media()
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f".{path.name}.{os.getpid()}")
        archive.copy(MEDIA + name, unfinished)
        unfinished.replace(path)
    say(f"  {len(names)} files of pictures")
