"""The servers that a site stands on, each started for this run alone on a free port."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(is_so: Callable[[], bool], seconds: float, what: str) -> float:
    """Return after how many seconds it is so. Raise TimeoutError."""
    began = time.monotonic()
    while not is_so():
        if time.monotonic() - began > seconds:
            raise TimeoutError(f"Not within {seconds:g} s: {what}")
        time.sleep(0.05)
    return time.monotonic() - began


def takes_connections(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def children_of(parent: int) -> list[int]:
    """Return the processes that ``parent`` has started, from /proc."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            found.append(int(stat.parent.name))
    return sorted(found)


class Program:
    """One process with its output in a file."""

    def __init__(self, log: Path, command: list[str], **options: object) -> None:
        with log.open("a") as output:
            self.process = subprocess.Popen(
                command, cwd=ROOT, stdout=output, stderr=output, **options
            )

    @property
    def pid(self) -> int:
        return self.process.pid

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        self.process.terminate()
        try:
            # More than the graceful_timeout of gunicorn.
            self.process.wait(timeout=45)
        except subprocess.TimeoutExpired:
            self.kill()


class Postgres:
    """A cluster that waits for the disk, as production does."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "postgres"
        self.folder.mkdir()
        self.port = free_port()
        self.url = f"postgres://flasky@127.0.0.1:{self.port}/flasky"
        if os.geteuid() == 0:
            subprocess.run(["chown", "postgres", self.folder], check=True)
        self._run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C")
        self.start()
        self.administer("create role flasky login")
        self.administer("create database flasky owner flasky")

    def start(self) -> None:
        options = (
            f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 "
            "-c fsync=on -c synchronous_commit=on -c max_connections=60"
        )
        log = str(self.folder / "log")
        self._run("pg_ctl", "start", "--wait", "--log", log, "--options", options)

    def kill(self) -> None:
        """Kill the postmaster and all it has started, with no time for anything."""
        postmaster = int((self.folder / "data/postmaster.pid").read_text().split()[0])
        for pid in [postmaster, *children_of(postmaster)]:
            os.kill(pid, signal.SIGKILL)
        wait_for(lambda: not takes_connections(self.port), 10, "PostgreSQL is gone")

    def stop(self) -> None:
        if (self.folder / "data/postmaster.pid").exists():
            self._run("pg_ctl", "stop", "--mode", "immediate", must_succeed=False)

    def administer(self, statement: str) -> None:
        address = f"postgres://postgres@127.0.0.1:{self.port}/postgres"
        program = str(_folder_of_postgres() / "psql")
        subprocess.run([program, "-q", "-c", statement, address], check=True)

    def _run(self, name: str, *arguments: str, must_succeed: bool = True) -> None:
        command = [str(_folder_of_postgres() / name), *arguments]
        command += ["--pgdata", str(self.folder / "data")]
        # PostgreSQL refuses to run as root.
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        subprocess.run(
            command,
            cwd=self.folder,
            check=must_succeed,
            stdout=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
        )


def _folder_of_postgres() -> Path:
    return max(Path("/usr/lib/postgresql").glob("*/bin"))


class Redis:
    def __init__(self, folder: Path) -> None:
        self.log = folder / "redis.log"
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self) -> None:
        command = ["redis-server", "--bind", "127.0.0.1", "--port", str(self.port)]
        command += ["--save", "", "--appendonly", "no", "--dir", str(self.log.parent)]
        self.program = Program(self.log, command)
        wait_for(lambda: takes_connections(self.port), 10, "Redis is there")

    def kill(self) -> None:
        self.program.kill()


class Mail:
    def __init__(self, folder: Path) -> None:
        self.log = folder / "mail.log"
        self.file = folder / "mailbox"
        self.file.touch()
        self.port = free_port()
        self.url = f"smtp://127.0.0.1:{self.port}"
        self.start()

    def start(self, seconds_a_message: float = 0.0) -> None:
        command = [sys.executable, "-m", "tests.faults.mailbox"]
        command += [str(self.port), str(self.file), str(seconds_a_message)]
        self.program = Program(self.log, command)
        wait_for(lambda: takes_connections(self.port), 20, "the mail server is there")

    def kill(self) -> None:
        self.program.kill()

    def recipients(self) -> list[str]:
        return self.file.read_text().split()
