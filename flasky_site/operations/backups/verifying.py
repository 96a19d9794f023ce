"""Proving that a backup can be restored, without touching the site."""

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import ProgrammingError, connection

from flasky_site.operations import Say

from .archive import Manifest, reading
from .engines import connection_to, restore_postgresql, snapshot
from .errors import BackupError
from .fingerprints import differences, fingerprint
from .restoring import refuse_what_cannot_be_restored, unpack


def verify(path: Path, *, scratch_database: str, say: Say) -> Manifest:
    """Restore the backup at ``path`` beside the site, and compare what came out.

    Every member is compared with its hash, and every table with the rows and hashes
    that it had when the backup was made. ``scratch_database`` names an empty database
    of the same server to use; empty, one is made and dropped again. SQLite needs none.

    Raise BackupError with all that differs.
    """
    with reading(path) as archive, tempfile.TemporaryDirectory() as folder:
        manifest = archive.manifest
        refuse_what_cannot_be_restored(manifest)
        say("Reading the backup")
        dump = unpack(archive, Path(folder))
        say("Restoring it beside the site")
        with _scratch(scratch_database, dump) as name, connection_to(name) as scratch:
            if manifest.engine == "postgresql":
                restore_postgresql(scratch, dump)
            say("Comparing")
            with snapshot(scratch):
                found = differences(manifest.tables, fingerprint(scratch))
    if found:
        raise BackupError(
            "The backup does not hold what it should. " + "; ".join(found)
        )
    return manifest


@contextmanager
def _scratch(named: str, dump: Path) -> Iterator[str]:
    """Yield the name of a database that nobody needs."""
    if connection.vendor == "sqlite":
        yield str(dump)
        return
    if named:
        _refuse_what_is_in_use(named)
        yield named
        return
    name = f"flasky_verify_{secrets.token_hex(6)}"
    quoted = connection.ops.quote_name(name)
    try:
        _administer(f"CREATE DATABASE {quoted} TEMPLATE template0")
    except ProgrammingError as error:
        raise BackupError(
            f"No database could be made to restore into ({str(error).strip()}). "
            "Make one (sudo -u postgres createdb --owner flasky flasky_verify) and use "
            "--scratch-database flasky_verify."
        ) from None
    try:
        yield name
    finally:
        _administer(f"DROP DATABASE {quoted} WITH (FORCE)")


def _administer(statement: str) -> None:
    """Run a statement that may take longer than those of pages."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        try:
            cursor.execute(statement)
        finally:
            cursor.execute("RESET statement_timeout")


def _refuse_what_is_in_use(name: str) -> None:
    if name == connection.settings_dict["NAME"]:
        raise BackupError(f"{name} is the database of the site. Name another one.")
    with connection_to(name) as scratch:
        tables = scratch.introspection.table_names()
    if tables:
        raise BackupError(f"{name} is not empty: it has {len(tables)} tables.")
