"""The environment in which a site is measured: that of production, made up.

Nothing here imports Django, so that it can be set before Django reads it. Processes
that are started later inherit it.
"""

import os
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from bench.sizes import SIZES, Size

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench" / "results"
# What measuring makes and nobody commits.
SCRATCH = ROOT / "var" / "bench"

# What the proxy in front of a site tells about a request.
PROXY = {
    "Host": "localhost",
    "X-Forwarded-For": "127.0.0.1",
    "X-Forwarded-Proto": "https",
}


def set_environment(database_url: str) -> None:
    """Let everything that follows use ``database_url`` and production's settings.

    CACHE_URL is respected. Without it each process caches in its own memory.
    """
    SCRATCH.mkdir(parents=True, exist_ok=True)
    is_memory = os.environ.get("BENCH_CACHE") == "memory"
    cache = "" if is_memory else os.environ.get("CACHE_URL", "")
    run = secrets.token_hex(4)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "PYTHONPATH": str(ROOT),
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": "localhost",
        "DATABASE_URL": database_url,
        "CACHE_URL": cache or "redis://cache.invalid:6379/0",
        "BENCH_CACHE": "given" if cache else "memory",
        # Keys of another run are never met, and nothing need be flushed.
        "BENCH_RUN": run,
        "EMAIL_URL": "submission://flasky:password@mail.invalid",
        "DEFAULT_FROM_EMAIL": "flasky@example.com",
        "TRUSTED_PROXIES": "1",
    }


def enter_site(arguments: Sequence[str]) -> tuple[Size, str]:
    """Return the size that ``arguments`` name and the server that DATABASE_URL names.

    Small unless told. From now on Django finds the site of that size there, and
    ``bench.site`` opens it.
    """
    names = [name for name in arguments if not name.startswith("--")] or ["small"]
    if names[1:] or names[0] not in SIZES:
        sys.exit(f"SIZE is one of {', '.join(SIZES)}, not {' '.join(names)!r}.")
    size, server = SIZES[names[0]], postgresql_url()
    set_environment(with_database(server, size.database))
    return size, server


def postgresql_url() -> str:
    """Return DATABASE_URL, or stop with a word when it names no PostgreSQL."""
    url = os.environ.get("DATABASE_URL", "")
    if urlsplit(url).scheme not in {"postgres", "postgresql"}:
        sys.exit(
            "Set DATABASE_URL to a PostgreSQL: postgres://user@127.0.0.1:5432/name"
        )
    return url


def with_database(url: str, name: str) -> str:
    """Return the address of the database ``name`` on the server of ``url``."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
