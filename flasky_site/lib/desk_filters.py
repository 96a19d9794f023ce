"""Filters of the desk's lists with a box to type into."""

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest


class TypedFilter(admin.SimpleListFilter):
    """A filter for what somebody types, sent with the other filters as they are."""

    template = "admin/typed_filter.html"
    label: ClassVar[Any]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[Any]:
        # One, or Django leaves the filter out.
        return [("", "")]

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        others: Iterable[tuple[str, Any]] = changelist.get_filters_params().items()
        query = changelist.get_query_string(remove=[str(self.parameter_name)])
        yield {
            "others": [
                (name, value)
                for name, values in others
                if name != self.parameter_name
                for value in values
            ],
            "without": query,
        }

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Any]
    ) -> QuerySet[Any] | None:
        typed = (self.value() or "").strip()
        if "\0" in typed:
            # PostgreSQL has no such character, and fails on the question.
            return queryset.none()
        return self.narrow(queryset, typed) if typed else None

    def narrow(self, queryset: Any, typed: str) -> QuerySet[Any]:
        raise NotImplementedError
