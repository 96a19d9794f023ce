"""Measure requests a second on a small site: ``python -m bench.pages [FILE]``.

``make bench-pages`` runs this. FILE is a data set in JSON, or a script that writes one;
without it one of the same shape is made (``bench.dataset``). Everything happens on
SQLite, and then on the PostgreSQL of DATABASE_URL when there is one, in a database of
its own: gunicorn with two workers, and wrk with eight connections for ten seconds a
page, beside a bare Django view that returns the bytes of home.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import psycopg

from bench import figures, machine, report, tables
from bench.environment import RESULTS, ROOT, SCRATCH, set_environment, with_database
from bench.load import Server, as_figures, can_load, is_right, load, serving
from bench.progress import progress
from bench.targets import MANY_REQUESTS

SECONDS, WARM_UP_SECONDS = 10, 1
NAME = "flasky_bench_pages"
BODY = SCRATCH / "home.html"
Say = Callable[[str], None]


def fresh_sqlite() -> str:
    SCRATCH.mkdir(parents=True, exist_ok=True)
    for file in SCRATCH.glob("pages.sqlite3*"):
        file.unlink()
    return f"sqlite:///{SCRATCH / 'pages.sqlite3'}"


def fresh_postgresql(server: str) -> str:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {NAME}")
    return with_database(server, NAME)


def prepare(url: str, data: str) -> Any:
    """Load the data set into the database of ``url``, and return what there is."""
    set_environment(url)
    told = subprocess.run(  # noqa: S603  A command of our own.
        [sys.executable, "-m", "bench.loading", *([data] if data else [])],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
    )
    return json.loads(told.stdout)


def measure_page(server: Server, name: str, path: str, headers: Any) -> dict[str, Any]:
    """Return what wrk saw, and whether that was the page every time."""
    before, body, length = server.get(path, headers)
    seen = load(server, path, headers, SECONDS)
    after, _body, _length = server.get(path, headers)
    return {
        "name": name,
        "bytes": len(body),
        "load": as_figures(seen),
        "is_right": (before, after) == (200, 200) and is_right(seen, length),
    }


def measure_bare(body: bytes) -> dict[str, Any]:
    BODY.write_bytes(body)
    os.environ["BENCH_BODY"] = str(BODY)
    with serving("bench.bare") as server:
        load(server, "/", {}, WARM_UP_SECONDS)
        return measure_page(server, "bare view", "/", {})


def measure_site(pages: list[Any], say: Say) -> dict[str, Any]:
    """Return the figures of all pages, and what workers held before and afterwards."""
    with serving() as server:
        for _name, path, headers in pages:
            load(server, path, headers, WARM_UP_SECONDS)
        before = server.memory()
        found = []
        for name, path, headers in pages:
            found.append(measure_page(server, name, path, headers))
            show(found[-1], say)
        requests = sum(page["load"]["requests"] for page in found)
        requests += ask_many(server, MANY_REQUESTS - requests)
        after, (_status, home, _length) = server.memory(), server.get("/", {})
    bare = measure_bare(home)
    show(bare, say)
    memory = {
        "before_mb": sorted(before.values()),
        "after_mb": sorted(after.values()),
        "requests": requests,
        "was_replaced": set(before) != set(after),
    }
    say(f"memory: {memory['before_mb']} MB, {requests} requests, {memory['after_mb']}")
    return {"bare": bare, "pages": found, "memory": memory}


def show(page: dict[str, Any], say: Say) -> None:
    seen = page["load"]
    word = "" if page["is_right"] else "  NOT EVERY ANSWER WAS THE PAGE"
    say(f"{page['name']:30} {seen['per_second']:>8.0f} a second{word}")


def ask_many(server: Server, missing: int) -> int:
    """Ask for home until ``missing`` requests were made, a minute at most."""
    end, asked = time.monotonic() + 60, 0
    while asked < missing and time.monotonic() < end:
        asked += load(server, "/", {}, 5).requests
    return asked


def databases(server: str) -> list[str]:
    """Return the addresses of the databases in which everything happens."""
    if urlsplit(server).scheme not in {"postgres", "postgresql"}:
        print("On SQLite alone: DATABASE_URL names no PostgreSQL.")
        return [fresh_sqlite()]
    return [fresh_sqlite(), fresh_postgresql(server)]


def measure(urls: list[str], data: str, say: Say) -> dict[str, Any]:
    """Return the figures of all pages on all databases."""
    load_at_start, engines, told = machine.load(), [], {}
    for url in urls:
        say(f"Loading into {urlsplit(url).scheme}")
        told = prepare(url, data)
        database = told["measured_on"]["database"]
        say(f"{told['data']} on {database}")
        engines.append({"database": database, **measure_site(told["pages"], say)})
    return {
        "data": told["data"],
        "measured_on": {
            **told["measured_on"],
            "database": " and ".join(engine["database"] for engine in engines),
            "load_at_start": load_at_start,
            "load_at_end": machine.load(),
        },
        "engines": engines,
    }


def main() -> None:
    if not can_load():
        sys.exit(1)
    say, start = progress(), time.monotonic()
    urls = databases(os.environ.get("DATABASE_URL", ""))
    found = measure(urls, "".join(sys.argv[1:2]), say)
    found["seconds"] = round(time.monotonic() - start)
    figures.write(RESULTS / "pages.json", found)
    report.update()
    print(*map(tables.pages_in_short, found["engines"]), sep="\n\n")
    wrong = [
        f"{engine['database']}: {page['name']}"
        for engine in found["engines"]
        for page in engine["pages"]
        if not page["is_right"]
    ]
    if wrong:
        sys.exit(f"Not every answer was the page: {'; '.join(wrong)}.")


if __name__ == "__main__":
    main()
