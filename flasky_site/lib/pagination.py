"""Page numbers: reading them from an address and showing a pager.

How the rows of a page are found is each list's own affair; most start from ``ids_on``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

LAST = -1


def parse_page(text: str | None) -> int:
    """Return the page that an address asks for: 1 for nonsense, ``LAST`` for -1."""
    try:
        # Numbers past any possible page are nonsense too, and Python refuses to
        # read more than some thousand digits.
        page = int((text or "")[:20])
    except ValueError:
        return 1
    return page if page == LAST else max(page, 1)


def last_page(total: int, size: int) -> int:
    """Return the number of the last page; nothing has one page too."""
    return max(1, -(-total // size))


@dataclass(frozen=True)
class Page:
    """Page ``number`` of a list of ``total`` rows, ``size`` a page, counted from 1."""

    number: int
    size: int
    total: int
    query: str = ""
    fragment: str = ""

    @classmethod
    def of(
        cls, parameters: QueryDict, *, total: int, size: int, fragment: str = ""
    ) -> "Page":
        """Return the page that ``parameters`` ask for, always one that exists.

        Past the end is the last page. The other parameters stay in the links.
        """
        last = last_page(total, size)
        wanted = parse_page(parameters.get("page"))
        number = last if wanted == LAST else min(wanted, last)
        others = parameters.copy()
        others.pop("page", None)
        return cls(number, size, total, others.urlencode(), fragment)

    def in_short(self) -> "Page":
        """Return one page for all that ``ids_on`` finds in the same way.

        From the front that does not depend on how many rows come behind.
        """
        is_nearer_the_end = self.total - self.skip - self.count < self.skip
        total = self.total if is_nearer_the_end else 2 * self.skip + self.count
        return Page(self.number, self.size, total)

    @property
    def num_pages(self) -> int:
        return last_page(self.total, self.size)

    @property
    def skip(self) -> int:
        """How many rows come before this page."""
        return (self.number - 1) * self.size

    @property
    def count(self) -> int:
        """How many rows this page has."""
        return max(0, min(self.size, self.total - self.skip))

    @property
    def is_paginated(self) -> bool:
        return self.num_pages > 1

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.num_pages else None

    def iter_pages(
        self,
        left_edge: int = 2,
        left_current: int = 2,
        right_current: int = 5,
        right_edge: int = 2,
    ) -> Iterator[int | None]:
        """Yield the numbers a pager shows, with None for each gap.

        Page 50 of 100 gives 1 2 None 48 49 50 51 52 53 54 55 None 99 100.
        """
        shown = {
            *range(1, left_edge + 1),
            *range(self.number - left_current, self.number + right_current + 1),
            *range(self.num_pages - right_edge + 1, self.num_pages + 1),
        }
        before = 0
        for number in sorted(n for n in shown if 1 <= n <= self.num_pages):
            if number - before > 1:
                yield None
            yield number
            before = number

    def links(self) -> list[dict[str, Any]]:
        """Return the pager's entries: ``number`` (None for a gap), ``href``."""
        return [
            {"number": number, "href": self.href(number) if number else ""}
            for number in self.iter_pages()
        ]

    def href(self, number: int) -> str:
        """Return the address of another page of this list, relative to this one."""
        prefix = f"?{self.query}&" if self.query else "?"
        return f"{prefix}page={number}{'#' + self.fragment if self.fragment else ''}"

    @property
    def previous_href(self) -> str:
        return self.href(self.previous) if self.previous else ""

    @property
    def next_href(self) -> str:
        return self.href(self.next) if self.next else ""


def ids_on(page: Page, rows: "QuerySet[Any]", order: str) -> "QuerySet[Any]":
    """Return the ids of ``page`` of ``rows`` in ``order``, from the nearer end.

    ``page.total`` must be the number of ``rows``. Ids alone come from an index, so
    that only the rows shown are read.
    """
    beyond = page.total - page.skip - page.count
    if beyond < page.skip:
        backwards = order.removeprefix("-") if order.startswith("-") else f"-{order}"
        return rows.order_by(backwards).values("id")[beyond : beyond + page.count]
    return rows.order_by(order).values("id")[page.skip : page.skip + page.count]
