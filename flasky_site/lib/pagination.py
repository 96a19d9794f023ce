"""Page numbers: reading them from an address and showing a pager.

How the rows of a page are found is each list's own affair; most start from ``rows_on``
or ``ids_on``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Lookup, QuerySet, Subquery
from django.db.models.sql.compiler import SQLCompiler
from django.http import QueryDict

LAST = -1
# So far from either end, counting rows off costs a page or two of an index.
NEAR = 200


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


class _IsInOrder(Lookup[Any]):
    """The column has that value, and the order by it and another column stands.

    PostgreSQL drops a column that equals a constant from the order. It may then walk
    along the ids of a whole table until it met enough rows of an author, who need not
    have written lately. With ANY nothing but an index of both columns has the order.
    """

    def as_sql(
        self,
        compiler: SQLCompiler,
        connection: BaseDatabaseWrapper,
        template: str = "{} = {}",
    ) -> tuple[str, tuple[Any, ...]]:
        left, left_values = self.process_lhs(compiler, connection)
        right, right_values = self.process_rhs(compiler, connection)
        return template.format(left, right), (*left_values, *right_values)

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        return self.as_sql(compiler, connection, "{} = ANY (ARRAY[{}])")


def rows_on(
    page: Page, rows: "QuerySet[Any]", order: str, **within: int
) -> "QuerySet[Any]":
    """Return ``page`` of those ``rows`` in which one column has one value.

    ``within`` is that column, author_id=7, which must be in an index with the id;
    ``order`` is "id" or "-id", and ``page.total`` the number of these rows. Near either
    end the index leads to the first of them, and the others lie beside it. Elsewhere
    what costs is counting off, which the index does alone.
    """
    [(column, value)] = within.items()
    listed = rows.filter(_IsInOrder(F(column), value)).order_by(column, order)
    beyond = page.total - page.skip - page.count
    if min(page.skip, beyond) >= NEAR:
        ids = _ids_at(page.skip, page.count, listed, page.total)
        return rows.filter(id__in=ids).order_by(order)
    if page.skip:
        first = Subquery(_ids_at(page.skip, 1, listed, page.total))
        listed = listed.filter(**{"id__lte" if order == "-id" else "id__gte": first})
    return listed[: page.count]


def ids_on(page: Page, rows: "QuerySet[Any]", order: str) -> "QuerySet[Any]":
    """Return the ids of ``page`` of ``rows`` in ``order``, from the nearer end.

    ``page.total`` must be the number of ``rows``. Ids alone come from an index, so
    that only the rows shown are read.
    """
    return _ids_at(page.skip, page.count, rows.order_by(order), page.total)


def _ids_at(
    place: int, count: int, rows: "QuerySet[Any]", total: int
) -> "QuerySet[Any]":
    beyond = total - place - count
    if beyond < place:
        return rows.reverse().values("id")[beyond : beyond + count]
    return rows.values("id")[place : place + count]
