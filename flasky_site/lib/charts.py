"""Bars drawn as SVG on the server: no script, and no style but the stylesheet's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

# In the units of the drawing, which grows with the page.
HEIGHT = 60
_STEP, _WIDTH = 10, 8
# So that one of many is still to be seen.
_LEAST = 1


@dataclass(frozen=True)
class Bar:
    day: date
    count: int
    x: int
    y: float
    height: float

    width = _WIDTH


@dataclass(frozen=True)
class DayChart:
    """One number a day. ``name`` is for ids, ``title`` for people."""

    name: str
    title: str
    days: Sequence[date]
    counts: Sequence[int]

    height = HEIGHT

    @property
    def width(self) -> int:
        return _STEP * len(self.counts)

    @property
    def total(self) -> int:
        return sum(self.counts)

    @property
    def most(self) -> int:
        return max(self.counts, default=0)

    @property
    def bars(self) -> list[Bar]:
        return [
            self._bar(number, day, count)
            for number, (day, count) in enumerate(
                zip(self.days, self.counts, strict=True)
            )
        ]

    def _bar(self, number: int, day: date, count: int) -> Bar:
        height = max(_LEAST, round(HEIGHT * count / self.most, 1)) if count else 0
        return Bar(day, count, number * _STEP, round(HEIGHT - height, 1), height)
