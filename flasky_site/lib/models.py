"""Abstract models that two apps share."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models


class CountedModel(models.Model):
    """A model with columns that database triggers keep.

    Saving a row that was read a moment ago must not write its old counts back, so
    ``save`` leaves the columns named in ``counters`` out.
    """

    counters: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        abstract = True

    def save(
        self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any
    ) -> None:
        if update_fields is None and not self._state.adding:
            left_out = self.counters | self.get_deferred_fields()
            update_fields = [
                field.name
                for field in self._meta.concrete_fields
                if not field.primary_key and field.attname not in left_out
            ]
        super().save(*args, update_fields=update_fields, **kwargs)
