"""Migrate, fill an empty site with the demo, and serve it: what `make run` runs.

One process does what three manage.py commands would, since each of those needs a
second to start. The server restarts itself through this file when code changes.
"""

import errno
import fcntl
import os
import socket
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command, execute_from_command_line
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "flasky_site.settings.dev")
os.environ.setdefault("DJANGO_RUNSERVER_HIDE_WARNING", "true")

HOST = "127.0.0.1"


def port_from(arguments: list[str]) -> int:
    typed = arguments[0] if arguments else "8000"
    if typed.isascii() and typed.isdigit() and 0 < int(typed) < 2**16:
        return int(typed)
    sys.exit(f"PORT must be a number from 1 to 65535, not {typed!r}.")


def refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            if error.errno == errno.EACCES:
                sys.exit(f"Port {port} is for root alone. Try: make run PORT=8080")
            sys.exit(
                f"Port {port} is taken by another program, perhaps by a Flasky that "
                f"still runs.\nStop it, or take another one: make run PORT={port + 1}"
            )


def prepare_site() -> None:
    """Migrate and fill; a second start at the same moment waits for the first."""
    django.setup()
    with (settings.VAR_DIR / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        migrate_and_fill()


def migrate_and_fill() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate")
    call_command("demo", if_empty=True)
    connection.close()


def serve(port: int) -> None:
    execute_from_command_line(["manage.py", "runserver", f"{HOST}:{port}"])


def main() -> None:
    port = port_from(sys.argv[1:])
    # Django sets RUN_MAIN in the process that it restarts after each change.
    if "RUN_MAIN" not in os.environ:
        refuse_taken_port(port)
        prepare_site()
    serve(port)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(0)
