"""Abstract models that two apps share."""

from collections.abc import Collection, Iterable
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models.base import ModelState


class ReadModel(models.Model):
    """A model of which pages read many rows.

    ``__init__`` looks at each of its fields for a default, a related row and a setter.
    What comes from the database needs none of that and is put where attributes look
    for it, as unpickling does, in a fifth of the time. So no field may have a setter
    that does more, and nothing may listen to ``pre_init`` and ``post_init``.
    """

    class Meta:
        abstract = True

    # The stubs know a later Django, which gives more.
    @classmethod
    def from_db(  # type: ignore[override]
        cls, db: str | None, field_names: Collection[str], values: Collection[Any]
    ) -> Self:
        row = cls.__new__(cls)
        row._state = ModelState()
        row._state.adding, row._state.db = False, db
        # What is not among the names is deferred: it is read when it is asked for.
        row.__dict__.update(zip(field_names, values, strict=True))
        return row


class CountedModel(ReadModel):
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
