"""What the demo and fake data share: rows of the past for a development site."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from django.db import models

# Everybody may know it: both refuse to be loaded where it would matter.
PASSWORD = "flasky-demo"  # noqa: S105

# Called with how many there are, how many there will be, and what they are.
Report = Callable[[int, int, str], None]
Thing = TypeVar("Thing")
Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True)
class Filler:
    """Inserts rows in batches of ``batch_size`` and reports after each of them."""

    report: Report
    batch_size: int

    def insert(self, what: str, total: int, rows: Iterable[Row]) -> Iterator[Row]:
        """Yield the ``total`` rows as they go in; no more than a batch is in memory."""
        for batch in self.batches(what, total, rows):
            type(batch[0])._default_manager.bulk_create(batch)
            yield from batch

    def batches(
        self, what: str, total: int, things: Iterable[Thing]
    ) -> Iterator[list[Thing]]:
        """Yield the ``total`` things in lists, each reported when it is done with."""
        remaining, done = iter(things), 0
        while batch := list(islice(remaining, self.batch_size)):
            yield batch
            done += len(batch)
            self.report(done, total, what)
