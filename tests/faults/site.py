"""A whole site on this machine: gunicorn, the worker and all that they stand on."""

import json
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg

from tests.faults.processes import (
    ROOT,
    Mail,
    Postgres,
    Program,
    Redis,
    free_port,
    wait_for,
)
from tests.faults.visitors import HOST, Visitor

_MEMBERS = Path(__file__).with_name("members.py")
WEB_PROCESSES, THREADS_EACH = 2, 4
# Compressing them takes half a minute, so that they stay here from run to run.
_STATIC = ROOT / "var/faults/static"


class Supervised:
    """A program that begins again a second after it has ended: Restart=always."""

    def __init__(self, log: Path, command: list[str], environment: dict[str, str]):
        self.begin = lambda: Program(log, command, env=environment)
        self.program = self.begin()
        self.restarts = 0
        self._is_over = threading.Event()
        self._watch = threading.Thread(target=self._keep_alive)
        self._watch.start()

    def _keep_alive(self) -> None:
        while not self._is_over.wait(0.1):
            if self.program.process.poll() is not None and not self._is_over.wait(1):
                self.restarts += 1
                self.program = self.begin()

    def stop(self) -> None:
        self._is_over.set()
        self._watch.join()
        self.program.stop()


class Site:
    """``undo`` stops what was started, however far that came."""

    def __init__(self, folder: Path, undo: ExitStack) -> None:
        self.folder = folder
        self.web: Program | None = None
        self.postgres = Postgres(folder)
        undo.callback(self.postgres.stop)
        self.redis = Redis(folder)
        undo.callback(self.redis.kill)
        self.mail = Mail(folder)
        undo.callback(self.mail.kill)
        self.port = free_port()
        self.media = folder / "media"
        self.media.mkdir()
        self.environment = self._settings()
        self.manage("migrate", "--verbosity", "0")
        if not _static_files_are_fresh():
            self.manage("collectstatic", "--no-input", "-v0")
        made = self.manage("shell", "--verbosity", "0", typed=_MEMBERS.read_text())
        members = json.loads(made.splitlines()[-1])
        self.ids: list[int] = members["ids"]
        self.tokens: list[str] = members["tokens"]
        self.worker = Supervised(
            folder / "worker.log", ["deploy/worker"], self.environment
        )
        undo.callback(self.worker.stop)

    def _settings(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "SECRET_KEY": secrets.token_urlsafe(64),
            "ALLOWED_HOSTS": HOST,
            "DATABASE_URL": self.postgres.url,
            "CACHE_URL": self.redis.url,
            "EMAIL_URL": self.mail.url,
            "DEFAULT_FROM_EMAIL": "flasky@example.com",
            "FLASKY_ADMIN": "operator@example.com",
            "MEDIA_ROOT": str(self.media),
            "STATIC_ROOT": str(_STATIC),
            "BIND": f"127.0.0.1:{self.port}",
            "WEB_CONCURRENCY": str(WEB_PROCESSES),
            "WEB_THREADS": str(THREADS_EACH),
        }

    def manage(self, *arguments: str, typed: str = "") -> str:
        done = subprocess.run(
            ["deploy/manage", *arguments],
            cwd=ROOT,
            env=self.environment,
            input=typed,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SystemExit(f"manage {arguments[0]}:\n{done.stdout}{done.stderr}")
        return done.stdout

    # -- The web server ---------------------------------------------------------------

    def start_web(self, listening: int | None = None) -> Program:
        """Start gunicorn, on a socket that is held for it as systemd does, if any."""
        command = ["deploy/web"]
        options: dict[str, object] = {}
        if listening is not None:
            # systemd hands sockets on from number 3, to the process that it names.
            handed = 'exec 3<&"$0"; LISTEN_FDS=1 LISTEN_PID=$$ exec deploy/web'
            command = ["sh", "-c", handed, str(listening)]
            options["pass_fds"] = [listening]
        log = self.folder / "web.log"
        self.web = Program(log, command, env=self.environment, **options)
        return self.web

    @contextmanager
    def serving(self) -> Iterator[Program]:
        web = self.start_web()
        try:
            self.wait_until_it_serves()
            yield web
        finally:
            if self.web is not None:
                self.web.stop()
                self.web = None

    def wait_until_it_serves(self) -> None:
        visitor = Visitor(self.port)
        wait_for(lambda: visitor.ask("GET", "/readyz").outcome == "200", 40, "ready")

    # -- What is there ----------------------------------------------------------------

    def rows(self, statement: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self.postgres.url) as connection:
            return connection.execute(statement).fetchall()

    def count(self, statement: str) -> int:
        return int(str(self.rows(statement)[0][0]))

    def found(self, mails_before: int) -> dict[str, list[str]]:
        """Return the marks of all that can be found, by kind; of mail, the later."""
        follows = self.rows("select follower_id, followed_id from social_follow")
        return {
            "post": [str(body) for (body,) in self.rows("select body from blog_post")],
            "comment": [
                str(body) for (body,) in self.rows("select body from blog_comment")
            ],
            "follow": [f"{one} {other}" for one, other in follows],
            "mail": self.mail.recipients()[mails_before:],
        }

    def waiting_mail(self) -> int:
        return self.count(
            "select count(*) from mail_outgoingmail where state <> 'sent'"
        )

    def let_time_pass(self) -> None:
        """Make what waits for its time, or runs, two hours older; begin the chores."""
        ago = "interval '2 hours'"
        with psycopg.connect(self.postgres.url) as connection:
            connection.execute(
                f"update mail_outgoingmail set due_at = due_at - {ago} "
                "where state in ('queued', 'sending')"
            )
            connection.execute(
                "update django_tasks_database_dbtaskresult set "
                f"run_after = run_after - {ago}, started_at = started_at - {ago} "
                "where status in ('READY', 'RUNNING')"
            )
        # One that begins does its chores at once.
        self.worker.program.process.send_signal(signal.SIGTERM)

    def settle_mail(self) -> None:
        """Wait until no mail waits."""
        wait_for(lambda: self.waiting_mail() == 0, 45, "all mail is sent")


def _static_files_are_fresh() -> bool:
    manifest = _STATIC / "staticfiles.json"
    if not manifest.exists():
        return False
    sources = [ROOT / "requirements.txt", *(ROOT / "static").rglob("*")]
    return manifest.stat().st_mtime > max(file.stat().st_mtime for file in sources)


@contextmanager
def a_site() -> Iterator[Site]:
    """Start a site in a folder of its own, which stays, with the logs."""
    # Who stops this script stops what it has started as well.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    folder = Path(tempfile.mkdtemp(prefix="flasky-faults-"))
    # PostgreSQL runs as a user of its own, and must get through.
    folder.chmod(0o755)
    began = time.monotonic()
    with ExitStack() as undo:
        site = Site(folder, undo)
        print(
            f"A site in {time.monotonic() - began:.0f} s; its logs are in {folder}",
            flush=True,
        )
        yield site
