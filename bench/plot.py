"""A drawing of how costs grow: a line for each page, from the small site to the large.

Both axes are logarithmic, so that lines of one slope grow alike: a level line is a cost
that does not depend on the size, and the broken one grows as the number of posts does.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from statistics import fmean

WIDTH, LEFT, RIGHT, TOP, BOTTOM = 880, 80, 360, 84, 40
# From the end of a line to its name.
LEAD = 44
LABEL_HEIGHT = 15
# Dark enough on white; the stroke tells apart what the colour may not.
STYLES = {
    "home": ("#0b6e6e", ""),
    "profile": ("#8a3ffc", "6 3"),
    "post": ("#b8420f", "2 3"),
    "timeline": ("#1b4fa8", ""),
    "API": ("#7a5c00", "8 3 2 3"),
    "other": ("#555555", "4 4"),
}


@dataclass(frozen=True)
class Line:
    name: str
    small: float
    large: float

    @property
    def shown(self) -> str:
        return f"{self.large:,.0f}" if self.large >= 100 else f"{self.large:.3g}"

    @property
    def style(self) -> tuple[str, str]:
        kind = self.name.split(",")[0]
        return STYLES.get(kind, STYLES["other"])


def spread_out(
    places: Sequence[float], least: float, ends: tuple[float, float]
) -> list[float]:
    """Return ``places``, which rise, moved so that ``least`` is between any two.

    They move as little as that takes, and stay between the ``ends``, where there is
    room for them. What is too near moves apart around its middle.
    """
    groups: list[list[float]] = []
    for index, place in enumerate(places):
        groups.append([place - index * least])
        while len(groups) > 1 and fmean(groups[-2]) > fmean(groups[-1]):
            groups[-2:] = [groups[-2] + groups[-1]]
    first, last = ends[0], ends[1] - (len(places) - 1) * least
    middles = [min(max(fmean(group), first), last) for group in groups for _ in group]
    return [middle + index * least for index, middle in enumerate(middles)]


@dataclass(frozen=True)
class Drawing:
    """``unit`` says what the numbers are, ``growth`` how steep the broken line is."""

    title: str
    unit: str
    sizes: tuple[str, str]
    lines: Sequence[Line]
    growth: float

    @property
    def height(self) -> int:
        return max(420, TOP + BOTTOM + LABEL_HEIGHT * (len(self.lines) + 2))

    @property
    def powers(self) -> range:
        """The powers of ten between which everything lies."""
        values = [value for line in self.lines for value in (line.small, line.large)]
        low, high = math.log10(min(values)), math.log10(max(values))
        return range(math.floor(low), max(math.ceil(high), math.floor(low) + 1) + 1)

    def place(self, value: float) -> float:
        """Return how far below the top ``value`` is drawn."""
        low, high = self.powers[0], self.powers[-1]
        share = (math.log10(value) - low) / (high - low)
        return self.height - BOTTOM - share * (self.height - TOP - BOTTOM)

    def svg(self) -> str:
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" '
            f'height="{self.height}" viewBox="0 0 {WIDTH} {self.height}" role="img" '
            'font-family="system-ui, sans-serif" font-size="12">',
            f"<title>{escape(self.title)}</title>",
            f'<rect width="{WIDTH}" height="{self.height}" fill="#fff"/>',
            f'<text x="16" y="28" font-size="16" font-weight="600">'
            f"{escape(self.title)}</text>",
            f'<text x="16" y="50" fill="#555">{escape(self.unit)}</text>',
            *self._scale(),
            *self._ends(),
            *self._steepness(),
            *self._lines(),
            "</svg>",
        ]
        return "\n".join(parts) + "\n"

    def _scale(self) -> Iterator[str]:
        for power in self.powers:
            y = self.place(10.0**power)
            yield (
                f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#e3e3e3"/>'
                f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end" fill="#555">'
                f"{10.0**power:,g}</text>"
            )

    def _ends(self) -> Iterator[str]:
        ends = ((LEFT, "start"), (WIDTH - RIGHT, "end"))
        for (x, anchor), name in zip(ends, self.sizes, strict=True):
            yield (
                f'<path d="M{x} {TOP}V{self.height - BOTTOM}" stroke="#999"/>'
                f'<text x="{x}" y="{self.height - 14}" text-anchor="{anchor}" '
                f'fill="#333">{escape(name)}</text>'
            )

    def _steepness(self) -> Iterator[str]:
        start, highest = 10.0 ** self.powers[0], 10.0 ** self.powers[-1]
        if start * self.growth <= highest:
            yield _stroke(
                self.place(start), self.place(start * self.growth), "#999", "2 5"
            )

    def _lines(self) -> Iterator[str]:
        ordered = sorted(self.lines, key=lambda line: -line.large)
        ends = [self.place(line.large) for line in ordered]
        labels = spread_out(ends, LABEL_HEIGHT, (TOP, self.height - BOTTOM))
        right = WIDTH - RIGHT
        for line, end, label in zip(ordered, ends, labels, strict=True):
            colour, dashes = line.style
            yield _stroke(self.place(line.small), end, colour, dashes)
            yield (
                f'<path d="M{right} {end:.1f}L{right + LEAD} {label:.1f}" '
                f'stroke="{colour}" stroke-width="0.6" fill="none"/>'
                f'<text x="{right + LEAD + 4}" y="{label + 4:.1f}" fill="{colour}">'
                f"{escape(line.name)} · {line.shown}</text>"
            )


def _stroke(start: float, end: float, colour: str, dashes: str) -> str:
    return (
        f'<path d="M{LEFT} {start:.1f}L{WIDTH - RIGHT} {end:.1f}" fill="none" '
        f'stroke="{colour}" stroke-width="1.6" stroke-dasharray="{dashes}"/>'
    )
