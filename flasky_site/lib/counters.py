"""Counting again what triggers keep, a stretch of rows at a time.

No statement reads more than a stretch, so that a large site goes on meanwhile and no
limit on a statement is met.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models import Min

ROWS_AT_ONCE = 1_000


@dataclass(frozen=True)
class Counter:
    """A column of ``model`` that holds how many rows of another table belong to it."""

    model: type[models.Model]
    column: str
    # Returns the true number of each of the keys that has any.
    count: Callable[[list[int]], dict[int, int]]

    def __str__(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def wrong(self) -> Iterator[list[int]]:
        """Yield the keys whose number is wrong, in lists of at most 1,000."""
        for keys in self._stretches():
            # What changes at this moment seems wrong as well. Those few are looked at
            # again, while nobody can change them.
            if (seeming := self._right_numbers(self._rows(keys), keys)) and (
                wrong := self._settled([*seeming])
            ):
                yield wrong

    def _settled(self, keys: list[int]) -> list[int]:
        """Return which of ``keys`` have a wrong number when they stand still."""
        with transaction.atomic():
            return [*self._right_numbers(self._locked(keys), keys)]

    def mend(self, keys: list[int]) -> int:
        """Count these again and write what differs; return how many did.

        Whoever counts one up or down meanwhile waits for its row, or this waits for
        them, so none is lost.
        """
        with transaction.atomic():
            right = self._right_numbers(self._locked(keys), keys)
            for key, number in right.items():
                self._rows([key]).update(**{self.column: number})
        return len(right)

    def _rows(self, keys: list[int]) -> models.QuerySet[Any]:
        return self.model._default_manager.filter(pk__in=keys)

    def _locked(self, keys: list[int]) -> models.QuerySet[Any]:
        # In the order in which triggers lock them.
        return self._rows(keys).order_by("pk").select_for_update(no_key=True)

    def _stretches(self) -> Iterator[list[int]]:
        rows = self.model._default_manager.order_by("pk")
        first = rows.aggregate(first=Min("pk"))["first"]
        while first is not None:
            ids = rows.filter(pk__gte=first).values_list("pk", flat=True)
            keys = list(ids[:ROWS_AT_ONCE])
            if not keys:
                return
            yield keys
            first = keys[-1] + 1

    def _right_numbers(
        self, rows: models.QuerySet[Any], keys: list[int]
    ) -> dict[int, int]:
        """Return by key what those of ``rows`` should hold that hold something else."""
        known = dict(rows.values_list("pk", self.column))
        truth = self.count(keys)
        return {
            key: truth.get(key, 0)
            for key, number in known.items()
            if number != truth.get(key, 0)
        }


def tally(rows: models.QuerySet[Any], key: str) -> dict[int, int]:
    """Return how many of ``rows`` there are of each ``key``."""
    counted = rows.order_by().values_list(key).annotate(models.Count("pk"))
    return dict(counted)
