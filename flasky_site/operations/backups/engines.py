"""Taking a database out, and putting one in, with each engine's own tools."""

import gzip
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.conninfo import make_conninfo

from flasky_site.operations import Say

from .errors import BackupError

DUMPS = {"postgresql": "database.dump", "sqlite": "database.sqlite3.gz"}
# The password goes another way, and the encoding is in the dump.
_NOT_FOR_PROGRAMS = {"password", "client_encoding"}


@contextmanager
def snapshot(connection: BaseDatabaseWrapper) -> Iterator[BaseDatabaseWrapper]:
    """See one moment of the database, while others go on writing.

    https://www.postgresql.org/docs/current/transaction-iso.html#XACT-REPEATABLE-READ
    """
    if connection.vendor != "postgresql":
        yield connection
        return
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            yield connection
        finally:
            cursor.execute("ROLLBACK")
            cursor.execute("RESET statement_timeout")


def dump_postgresql(connection: BaseDatabaseWrapper, to: Path) -> None:
    """Write what ``snapshot`` sees with pg_dump."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        moment = cursor.fetchone()[0]
    _run(
        connection,
        "pg_dump",
        "--format=custom",
        "--no-owner",
        "--no-privileges",
        f"--snapshot={moment}",
        f"--file={to}",
    )


def restore_postgresql(connection: BaseDatabaseWrapper, dump: Path) -> None:
    """Replace everything in the database in one transaction, or nothing."""
    connection.close()
    _run(
        connection,
        "pg_restore",
        "--clean",
        "--if-exists",
        "--no-owner",
        "--no-privileges",
        "--single-transaction",
        "--exit-on-error",
        str(dump),
    )


def _run(connection: BaseDatabaseWrapper, program: str, *arguments: str) -> None:
    if shutil.which(program) is None:
        raise BackupError(
            f"{program} is not installed. On Debian: apt-get install postgresql-client"
        )
    given = {
        **connection.get_connection_params(),
        "options": "-c statement_timeout=0",
    }
    known = make_conninfo(
        "",
        **{
            name: str(value)
            for name, value in given.items()
            if isinstance(value, str | int) and name not in _NOT_FOR_PROGRAMS
        },
    )
    # Not on the command line, which everybody on the machine may read.
    password = str(given.get("password") or "")
    environment = {**os.environ, **({"PGPASSWORD": password} if password else {})}
    result = subprocess.run(  # noqa: S603
        [program, f"--dbname={known}", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        raise BackupError(f"{program} failed: {result.stderr.strip()}")


def copy_sqlite(connection: BaseDatabaseWrapper, to: Path, say: Say) -> None:
    """Write one moment of the database; who writes meanwhile is let through.

    https://www.sqlite.org/backup.html
    """
    connection.ensure_connection()
    with closing(sqlite3.connect(to)) as target:

        def tell(_status: int, remaining: int, total: int) -> None:
            if remaining:
                say(f"  {100 - 100 * remaining // total} % of the database")

        # All of it in one step sees one moment, however busy the site is.
        connection.connection.backup(target, pages=-1, progress=tell)


def restore_sqlite(connection: BaseDatabaseWrapper, source: Path) -> None:
    """Replace everything in the database in one transaction, or nothing."""
    connection.ensure_connection()
    with closing(sqlite3.connect(source)) as backup:
        backup.backup(connection.connection, pages=-1)
    connection.close()


def squeeze(source: Path, to: Path) -> None:
    with source.open("rb") as plain, gzip.open(to, "wb", compresslevel=5) as squeezed:
        shutil.copyfileobj(plain, squeezed)


def unsqueeze(source: Path, to: Path) -> None:
    with gzip.open(source, "rb") as squeezed, to.open("wb") as plain:
        shutil.copyfileobj(squeezed, plain)


@contextmanager
def connection_to(name: str) -> Iterator[BaseDatabaseWrapper]:
    """Connect to another database of the same server, or to another file.

    Only cursors of it are of use: querysets know nothing of it.
    """
    wrapper = type(connections[DEFAULT_DB_ALIAS])
    other = wrapper({**connections.settings[DEFAULT_DB_ALIAS], "NAME": name})
    try:
        yield other
    finally:
        other.close()
