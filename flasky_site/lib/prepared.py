"""Queries that Django compiles once, and that are run with other values.

    @prepared
    def posts_of(author_id: int, *, limit: int) -> "QuerySet[Post]":
        return Post.objects.by(author_id).newest_first()[:limit]

    posts_of(7, limit=20)  # a list

To put a query together and into SQL takes Django longer than most databases take to
answer it. Here that is done for the first call alone, with stand-ins for the values;
the database is asked each time. See docs/decisions/0034-queries-compiled-once.md.

What is given by its place is a value: a whole number or a text, which must reach the
database as it is. What is given by its name is the shape: it may be anything that can
be a key, is seen as it is, and each other one is compiled for itself. Nothing else may
make the queryset differ, the clock and the settings above all.
"""

import re
from collections.abc import Callable, Iterator
from copy import copy
from datetime import date
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesListIterable,
)

Values = ParamSpec("Values")
Row = TypeVar("Row")

# Of each query, some 30 kB each: a list has as many as its last page may have rows.
SHAPES = 64
_ITERABLES = (FlatValuesListIterable, ModelIterable, ValuesListIterable)
_DATE = re.compile(r"\d{4}-\d\d-\d\d\b")
# No id is as high, and no name is like that in any language; both fit their columns.
_NUMBER, _TEXT = 9_214_000_111_000_222_000, "\ue0f8sTanD iN"
_HIGHEST = 2**63 - 1


def prepared(
    make: Callable[Values, "QuerySet[Any, Row]"],
) -> Callable[Values, list[Row]]:
    """Return what finds the rows of ``make``.

    The first call of a shape raises TypeError for values that are not plain, and for a
    query that cannot be prepared, ValueError for a value that does not reach the query.
    """

    @lru_cache(maxsize=SHAPES)
    def compile_shape(kinds: tuple[type, ...], **shape: Any) -> _Statement:
        stand_ins = [_stand_in(kind, place) for place, kind in enumerate(kinds)]
        return _Statement(make(*stand_ins, **shape), stand_ins)  # type: ignore[arg-type]

    compiled: Any = compile_shape

    @wraps(make)
    def find(*values: Values.args, **shape: Values.kwargs) -> list[Row]:
        if any(type(value) is int and abs(value) > _HIGHEST for value in values):
            # The ORM knows what no column holds.
            return list(make(*values, **shape))
        statement: _Statement = compiled(tuple(map(type, values)), **shape)
        return statement.run(values)

    return find


def _stand_in(kind: type, place: int) -> int | str:
    if kind is int:
        return _NUMBER + place
    if kind is str:
        return f"{_TEXT}{place}"
    raise TypeError(f"Not a plain value: {kind.__name__}")


def _is_moment(value: Any) -> bool:
    """Say whether the database is given a date, which SQLite is given as text."""
    return isinstance(value, date) or bool(_DATE.match(str(value)))


class _Statement:
    """One query in SQL, with what Django needs to make rows of its answer."""

    def __init__(self, queryset: "QuerySet[Any, Any]", stand_ins: list[Any]) -> None:
        self._iterable: Any = queryset._iterable_class
        if self._iterable not in _ITERABLES:
            raise TypeError(f"Cannot be prepared: {self._iterable.__name__}")
        self._db = queryset.db
        compiler: Any = queryset.query.get_compiler(using=self._db)
        try:
            self._sql, given = compiler.as_sql()
        except EmptyResultSet:
            # Django has seen that there is nothing to find.
            self._sql = ""
            return
        if any(_is_moment(value) for value in given):
            raise TypeError("The clock would stand still in a prepared query.")
        self._given = list(given)
        self._places = [
            (place, stand_ins.index(value))
            for place, value in enumerate(self._given)
            if value in stand_ins
        ]
        if {which for _place, which in self._places} != {*range(len(stand_ins))}:
            raise ValueError("A value does not reach the query as it is.")
        shown = [column[0] for column in compiler.select[: compiler.col_count]]
        self._converted = [
            (place, shown[place]) for place in compiler.get_converters(shown)
        ]
        # Threads have connections of their own.
        compiler.connection = None
        self._compiler = compiler

    def run(self, values: tuple[Any, ...]) -> list[Any]:
        if not self._sql:
            return []
        parameters = self._given.copy()
        for place, which in self._places:
            parameters[place] = values[which]
        compiler = copy(self._compiler)
        compiler.connection = connections[self._db]
        compiler.as_sql = lambda: (self._sql, tuple(parameters))
        compiler.get_converters = lambda _shown: dict(self._converters(compiler))
        return list(self._iterable(_Run(self._db, compiler)))

    def _converters(self, compiler: Any) -> Iterator[tuple[int, tuple[list[Any], Any]]]:
        """Do what the compiler does, but for the columns alone that have converters."""
        connection = compiler.connection
        for place, column in self._converted:
            backend = connection.ops.get_db_converters(column)
            yield place, (backend + column.get_db_converters(connection), column)


class _Run:
    """What Django's iterables ask of a queryset."""

    def __init__(self, db: str, compiler: Any) -> None:
        self.db, self._compiler = db, compiler
        self.query = self
        self._known_related_objects: dict[Any, Any] = {}

    def get_compiler(self, using: str) -> Any:
        return self._compiler
