"""Time the composer's preview: ``python -m bench.preview``.

Asks as a member for the preview of each text, through every middleware, and prints the
medians in milliseconds. Somebody is typing: a text of usual length may take 100, the
longest as long as the renderer may (``bench.markdown``).
"""

import os
import platform
import statistics
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "flasky_site.settings.test")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from bench.databases import temporary_database  # noqa: E402
from tests.factories import UserFactory  # noqa: E402
from tests.shapes import PROSE, filled  # noqa: E402

ROUNDS = 51
TEXTS = {
    "one line": "Hello *world*",
    "300 words": filled(PROSE)[:1_800],
    "the longest": filled(PROSE),
}
LIMITS = {"one line": 100, "300 words": 100, "the longest": 500}


def milliseconds(client: Client, text: str) -> float:
    # No limit may stop the measuring.
    cache.clear()
    start = time.perf_counter()
    response = client.post(settings.MARKDOWNX_URLS_PATH, {"content": text})
    spent = (time.perf_counter() - start) * 1000
    assert response.status_code == 200, response.status_code  # noqa: S101
    return spent


def measure() -> dict[str, float]:
    client = Client()
    client.force_login(UserFactory())
    return {
        name: statistics.median(milliseconds(client, text) for _ in range(ROUNDS))
        for name, text in TEXTS.items()
    }


def main() -> None:
    setup_test_environment()
    with temporary_database():
        medians = measure()
    print(f"Python {platform.python_version()}, {platform.machine()}, {ROUNDS} rounds")
    for name, median in medians.items():
        print(f"{median:7.1f} ms  {name}")
    if any(median > LIMITS[name] for name, median in medians.items()):
        sys.exit(f"More than {LIMITS} ms.")


if __name__ == "__main__":
    main()
