"""Time the renderer at a post's full length: ``python -m bench.markdown``.

Prints the best of five runs for each shape of tests/shapes.py in milliseconds of CPU,
slowest first. None may pass 500, and 300 words may take 10.
"""

import os
import platform
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "flasky_site.settings.dev")
django.setup()

from flasky_site.lib.markdown import render_markdown  # noqa: E402
from tests.shapes import PROSE, SHAPES, everybody, filled  # noqa: E402

LIMIT = 500
WORDS, LIMIT_OF_WORDS = 300, 10
RUNS = 5


def milliseconds(text: str) -> float:
    start = time.process_time()
    render_markdown(text, find_people=everybody)
    return (time.process_time() - start) * 1000


def main() -> None:
    shapes = {"(prose)": filled(PROSE), **SHAPES}
    best = {
        name: min(milliseconds(text) for _ in range(RUNS))
        for name, text in shapes.items()
    }
    print(f"Python {platform.python_version()}, {platform.machine()}")
    for name, cost in sorted(best.items(), key=lambda item: -item[1]):
        print(f"{cost:7.1f} ms  {name}")
    words = " ".join(filled(PROSE).split()[:WORDS])
    cost = min(milliseconds(words) for _ in range(RUNS))
    print(f"{cost:7.1f} ms  ({WORDS} words)")
    if cost > LIMIT_OF_WORDS:
        sys.exit(f"{WORDS} words took more than {LIMIT_OF_WORDS} ms.")
    if max(best.values()) > LIMIT:
        sys.exit(f"Something took more than {LIMIT} ms.")


if __name__ == "__main__":
    main()
