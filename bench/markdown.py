"""Time the renderer at a post's full length: ``python -m bench.markdown``.

Prints the best of five runs for each shape of tests/shapes.py in milliseconds of CPU,
slowest first. None may pass 500.
"""

import os
import platform
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "flasky_site.settings.dev")
django.setup()

from flasky_site.lib.markdown import render_markdown  # noqa: E402
from tests.shapes import PROSE, SHAPES, filled  # noqa: E402

LIMIT = 500
RUNS = 5


def milliseconds(text: str) -> float:
    start = time.process_time()
    render_markdown(text)
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
    if max(best.values()) > LIMIT:
        sys.exit(f"Something took more than {LIMIT} ms.")


if __name__ == "__main__":
    main()
