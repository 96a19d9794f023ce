"""Pages of lists that are walked from row to row, where pages have no numbers.

The rows are ordered by id, newest first. A page is found by the id that it begins
behind, so that a deep page costs what the first one does, and nothing moves when rows
are added on top.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import QueryDict

Row = TypeVar("Row", bound=Model)
Rows = TypeVar("Rows", bound=QuerySet)

_HIGHEST_ID = 2**63 - 1


def parse_id(text: str | None) -> int | None:
    """Return the id in ``text``, None for what no row could have."""
    digits = (text or "")[:20]
    if not (digits.isascii() and digits.isdecimal()):
        return None
    number = int(digits)
    return number if number <= _HIGHEST_ID else None


@dataclass(frozen=True)
class Cursor:
    """Where a page begins: below ``before``, above ``after``, or at the newest row."""

    before: int | None = None
    after: int | None = None

    @classmethod
    def of(cls, parameters: QueryDict) -> "Cursor":
        """Return the place that ``parameters`` ask for, the newest for nonsense."""
        before = parse_id(parameters.get("before"))
        if before is not None:
            return cls(before=before)
        return cls(after=parse_id(parameters.get("after")))

    @property
    def is_first(self) -> bool:
        return self.before is None and self.after is None

    @property
    def order(self) -> str:
        """The order in which rows follow each other from here on."""
        return "-id" if self.after is None else "id"

    def beyond(self, rows: Rows) -> Rows:
        """Limit to the rows on the far side of this place, in its order."""
        if self.after is not None:
            rows = rows.filter(id__gt=self.after)
        elif self.before is not None:
            rows = rows.filter(id__lt=self.before)
        return rows.order_by(self.order)


@dataclass(frozen=True)
class Stretch(Generic[Row]):
    """One page of a list, newest first, that knows its neighbours but no number."""

    rows: Sequence[Row]
    has_newer: bool
    has_older: bool

    @classmethod
    def of(cls, cursor: Cursor, rows: Sequence[Row], size: int) -> "Stretch[Row]":
        """Return the page of the first ``size`` of ``rows``.

        They are in the cursor's order, and one more than ``size`` if there are more.
        Whoever came from somewhere can go back there.
        """
        shown, has_more = rows[:size], len(rows) > size
        if cursor.after is not None:
            return cls(shown[::-1], has_newer=has_more, has_older=True)
        return cls(shown, has_newer=not cursor.is_first, has_older=has_more)

    @property
    def newer_href(self) -> str:
        return f"?after={self.rows[0].pk}" if self.has_newer and self.rows else ""

    @property
    def older_href(self) -> str:
        return f"?before={self.rows[-1].pk}" if self.has_older and self.rows else ""
