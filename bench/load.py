"""Requests from outside: gunicorn with two workers, and wrk in front of it."""

import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from http.client import HTTPConnection, HTTPException

from bench.environment import PROXY, ROOT, SCRATCH

WORKERS, CONNECTIONS = 2, 8
START_SECONDS = 60
# Other answers than the one that was looked at would make the average another one.
MAY_DIFFER = 0.05


@dataclass(frozen=True)
class Load:
    """What wrk saw. ``failed`` counts answers from 400 on, and those that failed."""

    requests: int
    seconds: float
    per_second: float
    failed: int
    p50_ms: float
    p99_ms: float
    bytes_each: float


@dataclass(frozen=True)
class Server:
    process: "subprocess.Popen[bytes]"
    port: int

    def get(self, path: str, headers: Mapping[str, str]) -> tuple[int, bytes, int]:
        """Return the status, the body, and how long the whole answer is."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path, headers={**PROXY, **headers})
            response = connection.getresponse()
            body = response.read()
            lines = [f"{name}: {value}" for name, value in response.getheaders()]
            head = len("HTTP/1.1 200 OK\r\n\r\n") + sum(len(line) + 2 for line in lines)
            return response.status, body, head + len(body)
        finally:
            connection.close()

    def memory(self) -> dict[int, float]:
        """Return the megabytes that each worker holds."""
        listed = subprocess.run(
            ["ps", "-A", "-o", "pid=,ppid=,rss="],  # noqa: S607
            capture_output=True,
            text=True,
            check=True,
        )
        rows = [map(int, line.split()) for line in listed.stdout.splitlines()]
        return {
            pid: round(kilobytes / 1024, 1)
            for pid, parent, kilobytes in rows
            if parent == self.process.pid
        }


@contextmanager
def serving(application: str = "flasky_site.wsgi") -> Iterator[Server]:
    """Serve on a free port, and stop afterwards whatever happened."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", application, "--log-level", "warning"]
    command += ["--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS)]
    # Of workers that are replaced, nobody sees whether they grow.
    command += ["--max-requests", "0", "--max-requests-jitter", "0"]
    with (SCRATCH / "gunicorn.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603  A command of our own.
            command, cwd=ROOT, stdout=log, stderr=log
        )
        try:
            server = Server(process, port)
            _wait_for(server)
            yield server
        finally:
            process.terminate()
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_for(server: Server) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and server.process.poll() is None:
        with suppress(OSError, HTTPException):
            server.get("/", {})
            return
        time.sleep(0.1)
    sys.exit(f"gunicorn does not answer; see {SCRATCH / 'gunicorn.log'}")


def can_load() -> bool:
    """Say whether wrk is there, with a word when it is not."""
    if shutil.which("wrk"):
        return True
    print("No requests a second: wrk is not installed (apt install wrk).")
    return False


def load(server: Server, path: str, headers: Mapping[str, str], seconds: int) -> Load:
    """Ask for one page as fast as eight connections can."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency"]
    command += ["--timeout", "10s"]
    for name, value in {**PROXY, **headers}.items():
        command += ["-H", f"{name}: {value}"]
    found = subprocess.run(  # noqa: S603  A command of our own.
        [*command, f"http://127.0.0.1:{server.port}{path}"],
        capture_output=True,
        text=True,
        check=True,
        timeout=seconds + 30,
    )
    return parse(found.stdout)


def parse(output: str) -> Load:
    """Return what ``wrk --latency`` printed. Raise ValueError when it is no report."""
    done = re.search(r"(\d+) requests in ([\d.]+)(m?s|m), ([\d.]+)(\w+) read", output)
    if done is None:
        raise ValueError(output)
    requests = int(done[1])
    failed = sum(
        int(count)
        for line in re.findall(r"(?:Non-2xx|Socket errors).*", output)
        for count in re.findall(
            r"(?:responses:|connect|read|write|timeout) (\d+)", line
        )
    )
    per_second = re.search(r"Requests/sec:\s+([\d.]+)", output)
    read = float(done[4]) * 1024 ** "B KB MB GB".split().index(done[5])
    return Load(
        requests=requests,
        seconds=_milliseconds(done[2] + done[3]) / 1000,
        per_second=float(per_second[1]) if per_second else 0.0,
        failed=failed,
        p50_ms=_latency(output, "50"),
        p99_ms=_latency(output, "99"),
        bytes_each=round(read / requests, 1) if requests else 0.0,
    )


def _latency(output: str, percent: str) -> float:
    found = re.search(rf"^\s+{percent}%\s+([\d.]+\w+)\s*$", output, re.MULTILINE)
    return _milliseconds(found[1]) if found else 0.0


def _milliseconds(text: str) -> float:
    number, unit = re.fullmatch(r"([\d.]+)(\w+)", text).groups()  # type: ignore[union-attr]
    return round(
        float(number) * {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}[unit], 3
    )


def is_right(load: Load, expected: int) -> bool:
    """Say whether every answer was the page, and as long as the one looked at."""
    is_alike = abs(load.bytes_each - expected) <= expected * MAY_DIFFER
    return is_alike and load.requests > 0 and not load.failed


def as_figures(load: Load) -> dict[str, float]:
    return {**asdict(load)}
