"""Writes what was measured into docs/performance.md: tables, and drawings beside them.

``python -m bench.report`` does it again from the files in ``bench/results/``.
"""

import re

from bench import figures, targets
from bench.environment import RESULTS, ROOT
from bench.plot import Drawing, Line
from bench.tables import (
    Figures,
    database_table,
    found,
    marked,
    pages_table,
    pairs,
    time_table,
)

PAGE = ROOT / "docs" / "performance.md"
IMAGES = ROOT / "docs" / "images"


def measured_on(found: Figures) -> str:
    on = found["measured_on"]
    return (
        f"{on['processor']}, {on['cores']} cores, {on['memory_gb']} GB; "
        f"{on['system']}; Python {on['python']}, Django {on['django']}, "
        f"gunicorn {on['gunicorn']}, {on['database']}, cache {on['cache']}, "
        f"wrk {on['wrk'] or 'not there'}; commit {on['commit']}, {on['at']}; "
        f"load {on['load_at_start']} at the start and {on['load_at_end']} at the end"
    )


def described(name: str, found: Figures) -> str:
    size = found["size"]
    return (
        f"{name.capitalize()} ({size['members']:,} members, {size['posts']:,} posts, "
        f"{size['comments']:,} comments; {found['database_gb']} GB): "
        f"{measured_on(found)}."
    )


def growth_part(small: Figures | None, large: Figures | None) -> str:
    parts = [
        described(name, found)
        for name, found in (("small", small), ("large", large))
        if found
    ]
    parts += ["### In the database", database_table(small, large)]
    parts += ["### In time", time_table(small, large)]
    return "\n\n".join(parts)


def pages_part(pages: Figures) -> str:
    parts = [f"{pages['data']}. {measured_on(pages)}."]
    for engine in pages["engines"]:
        memory = engine["memory"]
        most = marked(max(memory["after_mb"]), targets.WORKER_MEGABYTES, ".0f")
        parts += [
            f"### {engine['database']}",
            pages_table(engine),
            f"A bare Django view that returns the bytes of home: "
            f"{engine['bare']['load']['per_second']:,.0f} a second. A worker holds "
            f"{max(memory['before_mb']):.0f} MB when each page was asked for some "
            f"times, and {most} MB after {memory['requests']:,} requests more"
            f"{' (workers were replaced)' if memory['was_replaced'] else ''}.",
        ]
    return "\n\n".join(parts)


def drawings(small: Figures, large: Figures) -> dict[str, str]:
    """Return the drawings by the names of their files."""
    both = [(one, other) for one, other in pairs(small, large) if one and other]
    sizes = tuple(f"{site['size']['posts']:,} posts" for site in (small, large))
    times = large["size"]["posts"] / small["size"]["posts"]

    def drawing(title: str, unit: str, *path: str) -> str:
        lines = [
            Line(one["name"], found(one, *path), found(other, *path))
            for one, other in both
            if found(one, *path) and found(other, *path)
        ]
        unit = f"{unit} (broken line: {times:g} times, as the posts)"
        return Drawing(title, unit, (sizes[0], sizes[1]), lines, times).svg()

    return {
        "cost-buffers.svg": drawing(
            "What a page touches in the database", "pages of 8 kB", "cold", "buffers"
        ),
        "cost-time.svg": drawing(
            "What a page takes when nothing is cached",
            "milliseconds, median",
            *("cold", "ms", "median"),
        ),
    }


def put(text: str, name: str, part: str) -> str:
    """Return ``text`` with ``part`` between the two marks called ``name``."""
    marks = f"<!-- {name} -->", f"<!-- end of {name} -->"
    pattern = f"({re.escape(marks[0])}\n).*?({re.escape(marks[1])})"
    new, count = re.subn(
        pattern,
        lambda match: f"{match[1]}\n{part}\n\n{match[2]}",
        text,
        flags=re.DOTALL,
    )
    if count != 1:
        raise ValueError(f"The marks of {name!r} are missing.")
    return new


def measured(name: str) -> Figures | None:
    return figures.read(RESULTS / f"{name}.json")


def update() -> None:
    """Write tables and drawings of whatever was measured so far."""
    small, large, pages = map(measured, ("small", "large", "pages"))
    text = PAGE.read_text()
    if small or large:
        text = put(text, "growth", growth_part(small, large))
    if small and large:
        for name, svg in drawings(small, large).items():
            (IMAGES / name).write_text(svg)
    if pages:
        text = put(text, "pages", pages_part(pages))
    PAGE.write_text(text)


if __name__ == "__main__":
    update()
