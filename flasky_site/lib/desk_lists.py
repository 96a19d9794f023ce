"""What lists and pages on the desk have in common: they show, and change nothing.

No list counts or sorts a whole table, and none takes a condition from its address but
those of its filters: others would let somebody guess, letter by letter, what no page
shows them.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from .cursors import parse_id

# Members whose first steps deserve a look.
NEW_FOR_DAYS = 3
# Nobody turns a hundred pages: a search or a filter comes before.
COUNTED_AT_MOST = 5000
# What they are called in addresses and in lists, and how many days that is.
_LATELY = {
    "new": (_("In the last three days"), NEW_FOR_DAYS),
    "day": (_("In the last 24 hours"), 1),
    "week": (_("In the last 7 days"), 7),
    "month": (_("In the last 30 days"), 30),
    "year": (_("In the last year"), 365),
}


class CappedPaginator(Paginator):
    """Counts no further than ``COUNTED_AT_MOST`` rows, and shows no more of them."""

    @cached_property
    def _found(self) -> int:
        rows: Any = self.object_list
        return rows.order_by()[: COUNTED_AT_MOST + 1].count()

    @cached_property
    def count(self) -> int:
        return min(self._found, COUNTED_AT_MOST)

    @property
    def is_capped(self) -> bool:
        return self._found > COUNTED_AT_MOST


class DeskChangeList(ChangeList):
    """Finds the ids of a page and loads no other rows.

    What is computed for a row would else be computed for those before it too.
    """

    def get_ordering(self, request: HttpRequest, queryset: Any) -> list[Any]:
        """Ignore what the address asks for: it may sort a whole table."""
        desk_admin: Any = self.model_admin
        return [*desk_admin.ordering]

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        ids = list(self.result_list.values_list("pk", flat=True))
        desk_admin: Any = self.model_admin
        rows = desk_admin.get_rows(request).filter(pk__in=ids)
        self.result_list = rows.order_by(*desk_admin.ordering)


class DeskFilter(admin.SimpleListFilter):
    """A filter of named conditions; what it does not know is refused."""

    # From what the address says to its title and to what it makes of the rows.
    conditions: ClassVar[dict[str, tuple[Any, Callable[[Any], Any]]]]

    def lookups(self, *args: Any) -> list[tuple[str, Any]]:
        return [(value, title) for value, (title, _limit) in self.conditions.items()]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        value = self.value()
        if value is None:
            return queryset
        if value not in self.conditions:
            raise IncorrectLookupParameters
        _title, limit = self.conditions[value]
        return limit(queryset)


class DeskAdmin(admin.ModelAdmin):
    """Rows for those who hold ``viewing_permission``, and for nobody to edit."""

    viewing_permission: ClassVar[str]

    ordering = ["-id"]
    # None: a table is read in the order of its ids alone.
    sortable_by: ClassVar[list[str]] = []
    list_per_page = list_max_show_all = 50
    paginator = CappedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return DeskChangeList

    def get_rows(self, request: HttpRequest) -> Any:
        """Return all rows with what is shown of each."""
        return self.get_queryset(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(self.viewing_permission)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        filters: Any = self.get_list_filter(request)
        return lookup in {one.parameter_name for one in filters}

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        title = {"title": capfirst(str(self.opts.verbose_name_plural))}
        return super().changelist_view(request, {**title, **(extra_context or {})})

    def response_action(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse | None:
        if None in map(parse_id, request.POST.getlist(ACTION_CHECKBOX_NAME)):
            raise BadRequest("An id is a number.")
        return super().response_action(request, *args, **kwargs)


class DeskPageAdmin(DeskAdmin):
    """Rows that have a page to read, where others have a form."""

    page_template: ClassVar[str]

    def page_context(self, request: Any, row: Any) -> dict[str, Any]:
        """Return what the page shows of ``row`` beside itself, ``original``."""
        raise NotImplementedError

    @method_decorator(require_safe)
    def change_view(self, request: HttpRequest, object_id: str, *args: Any) -> Any:
        if not self.has_view_permission(request):
            raise PermissionDenied
        pk = parse_id(unquote(object_id))
        row = get_object_or_404(self.get_rows(request), pk=pk)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": row,
            **self.page_context(request, row),
        }
        return TemplateResponse(request, self.page_template, context)


def since(rows: Any, field: str, start: datetime) -> Any:
    """Limit ``rows`` to those whose moment ``field`` is ``start`` or later.

    Ids rise with these moments, so that walking back from the newest id to the first
    that is older finds where to begin; what is before is never looked at.
    """
    older = rows.model._default_manager.filter(**{f"{field}__lt": start})
    last = Subquery(older.order_by("-id").values("id")[:1])
    return rows.filter(**{f"{field}__gte": start}, id__gt=Coalesce(last, Value(0)))


def lately(field: str, *, days: int) -> Callable[[Any], Any]:
    """Return a condition of a filter: ``field`` is at most so many days ago."""
    return lambda rows: since(rows, field, timezone.now() - timedelta(days=days))


def lately_conditions(field: str, *names: str) -> dict[str, Any]:
    """Return the conditions of a filter by when, each a key of ``_LATELY``."""
    return {
        name: (title, lately(field, days=days))
        for name, (title, days) in _LATELY.items()
        if name in names
    }


def among_newest(rows: Any, count: int) -> Any:
    """Limit ``rows`` to those among the newest ``count`` ids of their table."""
    last = rows.model._default_manager.order_by("-id").values("id")[:1]
    return rows.filter(id__gt=Coalesce(Subquery(last), Value(0)) - count)


def ids_from(texts: Iterable[str]) -> list[int]:
    """Return the ids in ``texts``, each once, in their order, without nonsense."""
    marks = [parse_id(text) for text in texts]
    return list(dict.fromkeys(mark for mark in marks if mark is not None))
