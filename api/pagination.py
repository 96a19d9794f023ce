"""Lists in parts: pages with numbers, and a cursor for walking everything.

A cursor names the row behind which a part begins, so that the millionth part costs what
the first one does and nothing moves while rows arrive: "b42" is what follows below the
id 42, "a42" what precedes above it. "start" is the beginning.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import IntegerField, Subquery
from django.utils.http import urlencode
from rest_framework.request import Request

from blog.querysets import SHALLOW
from flasky_site.lib.pagination import Page

# Where no counter knows the total, rows are counted up to here.
COUNTED_AT_MOST = 10_000
# The cursor to begin with.
START = "start"
# What the count of a list is called beside its rows.
COUNT = "count_of_list"
_ALL = slice(None)

Rows = Any  # A queryset, with the methods of its model.


class NumberOf(Subquery):
    """How many rows a queryset has, as a value beside the rows of another."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


@dataclass(frozen=True)
class Count:
    """How many rows a list has: ``beside`` each of them, so that knowing it takes no
    query, or ``alone`` where there is none to read it from.

    ``beside`` is an expression, None where the rows bring it as COUNT already. Without
    rows a list that has a ``whole`` needs no ``alone``.
    """

    beside: Any
    alone: Callable[[], int] = int

    @classmethod
    def of(cls, rows: Rows) -> "Count":
        """Count no further than one past COUNTED_AT_MOST."""
        counted = rows.order_by().values("pk")[: COUNTED_AT_MOST + 1]
        return cls(NumberOf(counted), counted.count)


@dataclass(frozen=True)
class Listing:
    """All rows of a list, and how a part of them is found.

    ``load`` brings what is shown of a row. ``total`` is known already, ``count`` says
    how the database knows it; without either, rows are counted. ``on_page`` finds a
    page with a number where that is cheaper than counting rows off; it needs ``total``
    far from the top.

    Rows that bring what they belong to, and so how many they are, need no look at it
    first. ``whole`` makes the list from such a look, for where no row is or where the
    page is far from the top. It raises Http404 when there is no such thing.
    """

    rows: Rows
    load: Callable[[Rows], Rows]
    size: int
    order: str = "-id"
    total: int | None = None
    count: Count | None = None
    on_page: Callable[[Page], Rows] | None = None
    whole: Callable[[], "Listing"] | None = None

    def read(
        self, rows: Rows, part: slice = _ALL, *, is_top: bool = False
    ) -> tuple[list[Any], int | None]:
        """Return ``part`` of ``rows`` as they are shown, and how many the list has.

        That is None for more than are counted. A list with no rows at its top has none.
        """
        loaded = self.load(rows)[part]
        if self.total is not None:
            return list(loaded), self.total
        count = self.count or Count.of(self.rows)
        if count.beside is not None:
            loaded = loaded.annotate(**{COUNT: count.beside})
        found = list(loaded)
        if not found:
            total = 0 if is_top else count.alone()
        else:
            total = getattr(found[0], COUNT)
        is_counted = self.count is not None or total <= COUNTED_AT_MOST
        return found, total if is_counted else None


@dataclass(frozen=True)
class Part:
    """The rows to show, and the parameters that lead to the parts beside them."""

    rows: Sequence[Any] = ()
    count: int | None = 0
    next: Mapping[str, Any] | None = None
    previous: Mapping[str, Any] | None = None

    def envelope(self, request: Request, results: list[Any]) -> dict[str, Any]:
        return {
            "count": self.count,
            "next": _address(request, self.next),
            "previous": _address(request, self.previous),
            "results": results,
        }


def part_of(
    listing: Listing, query: Mapping[str, Any], *, is_likely_empty: bool = False
) -> Part:
    """Return the part that ``query``, a valid PageQuery, asks for.

    A list that is likely empty is looked at whole: rows would tell nothing.
    """
    if listing.whole is None:
        return _part(listing, query)
    is_quick = is_near(query, listing.size) and not is_likely_empty
    part = _part(listing, query) if is_quick else None
    return part if part and part.rows else _part(listing.whole(), query)


def is_near(query: Mapping[str, Any], size: int) -> bool:
    """Say whether rows are counted off from the top to find what ``query`` asks for.

    ``size`` is that of a page where it asks for none.
    """
    skipped = (query.get("page", 1) - 1) * query.get("page_size", size)
    return "cursor" in query or skipped < SHALLOW


def _part(listing: Listing, query: Mapping[str, Any]) -> Part:
    size = query.get("page_size", listing.size)
    if "cursor" in query:
        return _walk(listing, query["cursor"], size)
    return _page(listing, query.get("page", 1), size)


def _page(listing: Listing, number: int, size: int) -> Part:
    rows, count = _read_page(_place(number, size, listing.total), listing)
    last = _place(number, size, count).num_pages
    return Part(
        rows=rows,
        count=count,
        next={"page": number + 1} if number < last else None,
        previous={"page": min(number - 1, last)} if number > 1 else None,
    )


def _place(number: int, size: int, total: int | None) -> Page:
    return Page(number, size, COUNTED_AT_MOST if total is None else total)


def _read_page(page: Page, listing: Listing) -> tuple[list[Any], int | None]:
    if page.skip >= page.total:
        return listing.read(listing.rows.none())
    if listing.on_page is not None:
        return listing.read(listing.on_page(page))
    rows = listing.rows.order_by(listing.order)
    part = slice(page.skip, page.skip + page.count)
    if page.skip < SHALLOW:
        return listing.read(rows, part, is_top=page.skip == 0)
    # Ids alone come from an index, so that only the rows shown are read.
    shown = listing.rows.model._default_manager.filter(pk__in=rows.values("pk")[part])
    return listing.read(shown.order_by(listing.order))


def _walk(listing: Listing, cursor: str, size: int) -> Part:
    """Look one row further than is shown, to know whether there is more."""
    rows, is_back = listing.rows, cursor.startswith("a")
    is_rising = (listing.order == "id") != is_back
    if cursor != START:
        beyond = "pk__gt" if is_rising else "pk__lt"
        rows = rows.filter(**{beyond: int(cursor[1:])})
    rows = rows.order_by("pk" if is_rising else "-pk")
    found, count = listing.read(rows, slice(size + 1), is_top=cursor == START)
    shown, has_more = found[:size], len(found) > size
    if is_back:
        shown.reverse()
    has_next, has_previous = (
        (True, has_more) if is_back else (has_more, cursor != START)
    )
    return Part(
        rows=shown,
        count=count,
        next={"cursor": f"b{shown[-1].pk}"} if has_next and shown else None,
        previous={"cursor": f"a{shown[0].pk}"} if has_previous and shown else None,
    )


def _address(request: Request, changes: Mapping[str, Any] | None) -> str | None:
    """Return the address of another part of this list, the same but for ``changes``."""
    if changes is None:
        return None
    parameters = {**dict(request.query_params.lists()), **changes}
    query = urlencode(parameters, doseq=True)
    return request.build_absolute_uri(f"{request.path}?{query}")
