"""Tables of what was measured, in Markdown: each number beside its target."""

from collections.abc import Iterable, Sequence
from typing import Any

from bench import figures, targets
from bench.targets import TARGETS

Figures = dict[str, Any]


def marked(value: float | None, most: float | None = None, form: str = ",.0f") -> str:
    """Return a number for a table, in bold where it is over ``most``."""
    if value is None:
        return "–"
    text = f"{value:{form}}"
    return f"**{text} over**" if most is not None and value > most else text


def beside(value: float | None, most: float | None, form: str = ",.0f") -> str:
    """Return a number and its target, where there is one."""
    shown = marked(value, most, form)
    return shown if most is None else f"{shown} / {most:,g}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown, whose first column is of words."""
    lines = [head, ["---", *["--:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def pairs(small: Figures | None, large: Figures | None) -> list[tuple[Any, Any]]:
    """Return each page at both sizes, with None for what was not measured."""
    of_small = {page["name"]: page for page in (small or {}).get("pages", [])}
    of_large = {page["name"]: page for page in (large or {}).get("pages", [])}
    names = [name for name in TARGETS if name in of_small or name in of_large]
    return [(of_small.get(name), of_large.get(name)) for name in names]


def found(page: Figures | None, *path: str) -> Any:
    """Return what lies at ``path`` in the figures of a page, None when nothing does."""
    value: Any = page
    for key in path:
        value = value.get(key) if value else None
    return value


def growth(small: Figures | None, large: Figures | None, *path: str) -> float | None:
    return figures.ratio(found(large, *path), found(small, *path))


def database_table(small: Figures | None, large: Figures | None) -> str:
    rows = []
    for one, other in pairs(small, large):
        page = other or one
        target = TARGETS[page["name"]]
        queries = target.queries + (targets.WHO if page["is_known"] else 0)
        rows.append(
            [
                page["name"],
                beside(found(page, "cold", "queries"), queries),
                marked(found(one, "cold", "buffers")),
                beside(found(other, "cold", "buffers"), target.buffers),
                beside(growth(one, other, "cold", "buffers"), target.growth, ".2g"),
                beside(
                    found(other, "cold", "database_ms", "median"),
                    target.milliseconds,
                    ".1f",
                ),
                ", ".join(found(page, "cold", "tables_read_whole")) or "–",
            ]
        )
    head = ["page", "queries", "buffers, small", "large", "growth", "ms, large"]
    return table([*head, "read whole"], rows)


def time_table(small: Figures | None, large: Figures | None) -> str:
    rows = []
    for one, other in pairs(small, large):
        page = other or one
        touched = growth(one, other, "cold", "buffers")
        most = touched + targets.GROWTH_OF_TIME if touched is not None else None
        cpu = targets.CPU_MILLISECONDS if page["signed_in"] else None
        rows.append(
            [
                page["name"],
                marked(found(one, "cold", "ms", "median"), form=".1f"),
                marked(found(other, "cold", "ms", "median"), form=".1f"),
                marked(found(other, "cold", "ms", "p95"), form=".1f"),
                marked(growth(one, other, "cold", "ms", "median"), most, ".2f"),
                marked(found(other, "warm", "ms", "median"), form=".1f"),
                marked(found(other, "warm", "ms", "p95"), form=".1f"),
                marked(found(other, "warm", "cpu_ms", "median"), cpu, ".1f"),
                marked(found(one, "load", "per_second")),
                marked(found(other, "load", "per_second")),
                marked(found(page, "bytes")),
            ]
        )
    head = ["page", "ms, small", "ms, large", "p95", "growth"]
    head += ["cached: ms", "p95", "CPU ms", "a second, small", "large", "bytes"]
    return table(head, rows)


def pages_table(engine: Figures) -> str:
    rows = []
    for page in engine["pages"]:
        name = page["name"]
        original = targets.ORIGINAL.get(name)
        per_second = page["load"]["per_second"]
        multiple = figures.ratio(per_second, original)
        rows.append(
            [
                name,
                marked(per_second),
                f"{original or '–'}",
                at_least(multiple, targets.LEAST_MULTIPLES.get(name), ".1f"),
                at_least(
                    figures.ratio(per_second, engine["bare"]["load"]["per_second"]),
                    targets.LEAST_SHARE_OF_BARE if name == "home" else None,
                    ".2f",
                ),
                marked(page["load"]["p99_ms"], form=".0f"),
                "yes" if page["is_right"] else "**no**",
            ]
        )
    head = ["page", "a second", "original", "times / target", "of the bare view"]
    return table([*head, "p99 ms", "all 200"], rows)


def pages_in_short(engine: Figures) -> str:
    """Return lines for a terminal: what was reached, of the original and of nothing."""
    bare = engine["bare"]["load"]["per_second"]
    form = "{:30}{:>10}{:>8}{:>18}{:>10}"
    head = ("page", "a second", "times", "that should be", "of bare")
    lines = [engine["database"], form.format(*head)]
    for page in engine["pages"]:
        per_second, name = page["load"]["per_second"], page["name"]
        cells = [
            marked(per_second),
            marked(figures.ratio(per_second, targets.ORIGINAL.get(name)), form=".1f"),
            marked(targets.LEAST_MULTIPLES.get(name)),
            marked(figures.ratio(per_second, bare), form=".2f"),
        ]
        lines.append(form.format(name, *cells))
    memory = engine["memory"]
    return "\n".join(
        [
            *lines,
            f"bare view: {bare:,.0f} a second; a worker: {max(memory['before_mb'])} "
            f"MB, {memory['requests']:,} requests later {max(memory['after_mb'])} MB",
        ]
    )


def at_least(value: float | None, least: float | None, form: str) -> str:
    """Return a number and the least that it should be, where there is such."""
    if value is None:
        return "–"
    text = f"{value:{form}}"
    if least is None:
        return text
    return f"{text} / {least:g}" if value >= least else f"**{text} under** / {least:g}"


def in_short(small: Figures | None, large: Figures | None) -> str:
    """Return lines for a terminal: what each page costs, and how that grows."""
    head = ("page", "queries", "buffers", "times", "ms", "times", "cached", "a second")
    form = "{:36}{:>8}{:>9}{:>7}{:>8}{:>7}{:>8}{:>10}"
    lines = [form.format(*head)]
    for one, other in pairs(small, large):
        page = other or one
        cells = [
            marked(found(page, "cold", "queries")),
            marked(found(page, "cold", "buffers")),
            marked(growth(one, other, "cold", "buffers"), form=".2f"),
            marked(found(page, "cold", "ms", "median"), form=".1f"),
            marked(growth(one, other, "cold", "ms", "median"), form=".2f"),
            marked(found(page, "warm", "ms", "median"), form=".1f"),
            marked(found(page, "load", "per_second")),
        ]
        lines.append(form.format(page["name"], *cells))
    return "\n".join(lines)
