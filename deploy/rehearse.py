"""Take the steps of a deployment on this machine, as the image and the units do.

Usage: DATABASE_URL=postgres://… CACHE_URL=redis://… python deploy/rehearse.py
The database must be empty; everything else happens in a folder that is removed again.
The files are those that git knows, as they are now.
"""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOST = "flasky.example.com"
BY_HTTPS = {"Host": HOST, "X-Forwarded-Proto": "https"}


def say(text: str) -> None:
    print(f"    {text}", flush=True)


def copy_files_to(folder: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)


def settings_of_a_site(folder: Path, port: int) -> dict[str, str]:
    """Return an environment with nothing of the caller's but the two servers."""
    (folder / "secret_key").write_text(secrets.token_urlsafe(64))
    (folder / "media").mkdir()
    return {
        "PATH": os.environ["PATH"],
        "HOME": "/nonexistent",
        "SECRET_KEY_FILE": str(folder / "secret_key"),
        "ALLOWED_HOSTS": HOST,
        "DATABASE_URL": os.environ["DATABASE_URL"],
        "CACHE_URL": os.environ["CACHE_URL"],
        "EMAIL_URL": f"file://{folder}/mail",
        "DEFAULT_FROM_EMAIL": "flasky@example.com",
        "MEDIA_ROOT": str(folder / "media"),
        "BIND": f"127.0.0.1:{port}",
        "WEB_CONCURRENCY": "2",
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass(frozen=True)
class Answer:
    status: int
    cache_control: str
    text: str


class Site:
    """A copy of the code in ``folder``, with the environment of a site."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.code = folder / "code"
        self.code.mkdir()
        self.port = free_port()
        self.environment = settings_of_a_site(folder, self.port)

    def run(self, *command: str) -> None:
        self.start(*command, must_end=True)

    def start(self, *command: str, must_end: bool = False) -> subprocess.Popen[bytes]:
        program = subprocess.Popen(command, cwd=self.code, env=self.environment)
        if must_end and program.wait() != 0:
            raise SystemExit(f"{' '.join(command)} failed.")
        return program

    @contextmanager
    def running(self, *command: str) -> Iterator[subprocess.Popen[bytes]]:
        """Start a program, and see it end by itself when it is told to."""
        log = self.folder / f"{Path(command[0]).name}.log"
        with log.open("wb") as file:
            program = subprocess.Popen(
                command, cwd=self.code, env=self.environment, stdout=file
            )
        try:
            yield program
        except BaseException:
            program.kill()
            print(*log.read_text().splitlines()[-30:], sep="\n")
            raise
        program.send_signal(signal.SIGTERM)
        if program.wait(timeout=60) != 0:
            raise SystemExit(f"{command[0]} ended with {program.returncode}.")

    def ask(self, path: str, headers: dict[str, str] = BY_HTTPS) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        text = answer.read().decode(errors="replace")
        connection.close()
        return Answer(answer.status, answer.getheader("Cache-Control") or "", text)

    def wait_until_ready(self) -> None:
        for _ in range(150):
            try:
                if self.ask("/readyz").status == 200:
                    return
            except OSError:
                pass
            time.sleep(0.2)
        raise SystemExit("The site was not ready within 30 s.")


def expect(answer: Answer, status: int, what: str) -> None:
    if answer.status != status:
        raise SystemExit(f"{what}: {answer.status} instead of {status}.")


def release_from_two_hosts_at_once(site: Site) -> None:
    # As on a machine, and as from an image.
    programs = [site.start("deploy/release", *more) for more in ([], ["--skip-static"])]
    if any(program.wait() for program in programs):
        raise SystemExit("Two releases at once did not both succeed.")


def look_at_the_site(site: Site) -> None:
    expect(site.ask("/", {"Host": HOST}), 301, "Without HTTPS")
    expect(site.ask("/", {**BY_HTTPS, "Host": "elsewhere.example.com"}), 400, "Host")
    home = site.ask("/")
    expect(home, 200, "Home")
    style = home.text.split('<link rel="stylesheet" href="')[1].split('"')[0]
    answer = site.ask(style)
    expect(answer, 200, style)
    if "max-age=31" not in answer.cache_control:
        raise SystemExit(f"{style} is not cached for a year.")


def restart_under_requests(site: Site, web: subprocess.Popen[bytes]) -> None:
    """Reload while somebody reads: each request is answered."""
    answered: list[int] = []
    is_over = threading.Event()

    def read() -> None:
        while not is_over.is_set():
            answered.append(site.ask("/auth/login/").status)

    reader = threading.Thread(target=read)
    reader.start()
    time.sleep(1)
    web.send_signal(signal.SIGHUP)
    time.sleep(6)
    is_over.set()
    reader.join()
    if {*answered} != {200} or len(answered) < 10:
        raise SystemExit(f"During a restart: {sorted({*answered})}")
    say(f"{len(answered)} requests during a restart, all answered")


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="flasky-") as name:
        site = Site(Path(name))
        say("Building")
        copy_files_to(site.code)
        site.run("deploy/build", "--collect-static")
        say("Releasing, from two hosts at once")
        release_from_two_hosts_at_once(site)
        say("Serving")
        with site.running("deploy/web") as web, site.running("deploy/worker"):
            site.wait_until_ready()
            look_at_the_site(site)
            site.run(
                ".venv/bin/python",
                "deploy/probe.py",
                f"http://127.0.0.1:{site.port}/healthz",
            )
            restart_under_requests(site, web)
            site.run("deploy/manage", "doctor", "--fix")
            backup = f"{name}/site.flasky"
            site.run("deploy/manage", "backup", backup)
            site.run("deploy/manage", "verify", backup)
    say("All steps of a deployment work")


if __name__ == "__main__":
    sys.exit(main())
