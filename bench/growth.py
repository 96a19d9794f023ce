"""Measure what pages cost on a small or a large site: ``python -m bench.growth SIZE``.

``make bench`` runs this. The site is built once, by the server of DATABASE_URL in a
database of its own, and kept for the next run; ``--again`` builds it anew. What was
found goes into ``bench/results/`` and, beside what was found at the other size, into
docs/performance.md.
"""

import sys
import time
from collections.abc import Callable
from typing import Any

import django

from bench.environment import RESULTS, enter_site
from bench.sizes import Size

SIZE, SERVER = enter_site(sys.argv[1:])
django.setup()

from django.db import connection  # noqa: E402

from bench import costs, figures, machine, report, tables  # noqa: E402
from bench.load import as_figures, can_load, is_right, load, serving  # noqa: E402
from bench.progress import log_to_file, progress  # noqa: E402
from bench.site import open_site, size_on_disk  # noqa: E402
from bench.visits import Visit, visits_to  # noqa: E402

LOAD_SECONDS, WARM_UP_SECONDS = 5, 1


def measure_inside(visits: list[Visit], say: Callable[[str], None]) -> list[Any]:
    pages = []
    for visit in visits:
        page = costs.measure(visit)
        cold, warm = page["cold"], page["warm"]
        say(
            f"{visit.name:40} {cold['queries']:>3} queries {cold['buffers']:>7} buffers"
            f" {cold['ms']['median']:>7.1f} ms, cached {warm['ms']['median']:>6.1f} ms"
        )
        pages.append(page)
    return pages


def measure_outside(
    visits: list[Visit], pages: list[Any], say: Callable[[str], None]
) -> None:
    """Add to ``pages`` how many requests a second gunicorn answers."""
    with serving() as server:
        for visit, page in zip(visits, pages, strict=True):
            load(server, visit.path, visit.headers, WARM_UP_SECONDS)
            status, _body, length = server.get(visit.path, visit.headers)
            seen = load(server, visit.path, visit.headers, LOAD_SECONDS)
            page["load"] = as_figures(seen)
            page["is_right"] = status == 200 and is_right(seen, length)
            word = "" if page["is_right"] else "  NOT EVERY ANSWER WAS THE PAGE"
            say(f"{visit.name:40} {seen.per_second:>8.0f} a second{word}")


def measure(size: Size, say: Callable[[str], None]) -> dict[str, Any]:
    found: dict[str, Any] = {"size": {**vars(size)}, "measured_on": machine.describe()}
    found["database_gb"] = round(size_on_disk() / 1e9, 1)
    visits = visits_to(size)
    found["pages"] = measure_inside(visits, say)
    if can_load():
        # Of those who read the same site as the workers of gunicorn.
        connection.close()
        measure_outside(visits, found["pages"], say)
    found["measured_on"]["load_at_end"] = machine.load()
    return found


def main() -> None:
    log_to_file()
    say, start, load_at_start = progress(), time.monotonic(), machine.load()
    open_site(SIZE, SERVER, say, again="--again" in sys.argv)
    found = measure(SIZE, say)
    found["measured_on"]["load_at_start"] = load_at_start
    found["seconds"] = round(time.monotonic() - start)
    figures.write(RESULTS / f"{SIZE.name}.json", found)
    report.update()
    wrong = [page["name"] for page in found["pages"] if not page.get("is_right", True)]
    print(tables.in_short(report.measured("small"), report.measured("large")))
    if wrong:
        sys.exit(f"Not every answer was the page: {'; '.join(wrong)}.")


if __name__ == "__main__":
    main()
