"""A site of its own for tests that start, and kill, processes."""

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from django.db import connection

ROOT = Path(__file__).resolve().parent.parent.parent


class ScratchSite:
    """A migrated database, and processes that work on it."""

    def __init__(self, folder, database_url, smtp_port):
        self.environment = {
            "CACHE_URL": f"file://{folder}/cache",
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.scratch.settings",
            "DATABASE_URL": database_url,
            "SMTP_PORT": str(smtp_port),
            "PYTHONPATH": str(ROOT),
        }

    def start(self, *arguments):
        """Start manage.py; the caller waits for the process or kills it."""
        command = [sys.executable, ROOT / "manage.py", *arguments]
        return subprocess.Popen(command, env=self.environment)

    def run(self, *arguments):
        assert self.start(*arguments).wait() == 0

    def evaluate(self, code):
        """Run Python in the site and return what it prints as JSON."""
        command = [sys.executable, ROOT / "manage.py", "shell", "--verbosity=0"]
        done = subprocess.run(
            [*command, "--command", code],
            env=self.environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return json.loads(done.stdout or "null")


@contextmanager
def scratch_site(folder, smtp_port=0):
    """Make a site in a file, or beside the test database on PostgreSQL."""
    if connection.vendor == "sqlite":
        site = ScratchSite(folder, f"sqlite:///{folder}/scratch.sqlite3", smtp_port)
        site.run("migrate", "--verbosity=0")
        yield site
        return
    name = f"scratch_{uuid4().hex}"
    server = os.environ["DATABASE_URL"].rpartition("/")[0]
    _on_the_server(f"CREATE DATABASE {name}")
    try:
        site = ScratchSite(folder, f"{server}/{name}", smtp_port)
        site.run("migrate", "--verbosity=0")
        yield site
    finally:
        _on_the_server(f"DROP DATABASE {name} WITH (FORCE)")


def _on_the_server(statement):
    with connection._nodb_cursor() as cursor:
        # A busy server takes longer over a database than over any query of ours.
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(statement)
