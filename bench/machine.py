"""On what something was measured: a figure without that says little."""

import os
import platform
import re
import resource
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from bench.environment import ROOT

PACKAGES = ("Django", "djangorestframework", "gunicorn", "psycopg")


def describe() -> dict[str, Any]:
    """Return processor, memory, versions, commit, caches and the load now."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _commit(),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gb": _memory_gb(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        **{package.lower(): version(package) for package in PACKAGES},
        "wrk": _wrk(),
        "database": _database(),
        "cache": settings.CACHES["default"]["BACKEND"].rpartition(".")[2],
        "load_at_start": load(),
    }


def load() -> float:
    """Return how many processes wanted a core during the last minute."""
    return round(os.getloadavg()[0], 2)


def peak_memory() -> float:
    """Return the most memory that this process ever had, in MB."""
    # In kB on Linux, in bytes on macOS.
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1_000_000


def _output(*command: str) -> str:
    found = subprocess.run(  # noqa: S603  Commands of our own.
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )
    return found.stdout.strip()


def _commit() -> str:
    """Return the commit, with a word where files differ from it."""
    commit = _output("git", "rev-parse", "--short=10", "HEAD")
    # What is measured goes into these, which does not change what was measured.
    own = [":!bench/results", ":!docs"]
    changed = _output("git", "status", "--porcelain", "--", ".", *own)
    return f"{commit} and changes" if changed else commit


def _processor() -> str:
    try:
        found = re.search(
            r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE
        )
    except FileNotFoundError:
        return _output("sysctl", "-n", "machdep.cpu.brand_string")
    return found[1] if found else platform.machine()


def _memory_gb() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)


def _wrk() -> str | None:
    if not shutil.which("wrk"):
        return None
    found = re.match(r"wrk (?:debian/)?(\S+)", _output("wrk", "-v"))
    return found[1] if found else "unknown"


def _database() -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sqlite_version()")
            return f"SQLite {cursor.fetchone()[0]}"
        cursor.execute(
            "SELECT current_setting('server_version'), "
            "current_setting('shared_buffers')"
        )
        number, memory = cursor.fetchone()
    return f"PostgreSQL {number.split()[0]}, shared_buffers {memory}"
