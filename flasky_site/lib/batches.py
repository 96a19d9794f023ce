"""Deleting many rows without holding anybody up."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

# Few enough that a batch ends well within the time that a query may take, and that
# nobody waits for it.
ROWS_AT_ONCE = 1000


def delete_in_batches(rows: QuerySet[Any]) -> Iterator[int]:
    """Delete ``rows``, each batch in a transaction of its own; yield how many it had.

    Harmless when two do it at once: each passes by what the other has in hand. Where
    the rows are not ordered, the database begins with those that it finds first.
    """
    while batch := _delete_some(rows):
        yield batch


@transaction.atomic
def _delete_some(rows: QuerySet[Any]) -> int:
    locked = rows.select_for_update(skip_locked=True, of=("self",))
    found = list(locked.values_list("pk", flat=True)[:ROWS_AT_ONCE])
    # Without the texts, which Django would load where something hangs on the rows.
    rows.model._default_manager.filter(pk__in=found).only("pk").delete()
    return len(found)
