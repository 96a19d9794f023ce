"""By what the record on the desk can be filtered."""

from datetime import date, datetime, time, timedelta
from operator import methodcaller
from typing import Any, ClassVar
from uuid import UUID

from django.contrib.admin.options import IncorrectLookupParameters
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy

from flasky_site.lib.cursors import parse_id
from flasky_site.lib.desk_dates import DateFilter
from flasky_site.lib.desk_filters import TypedFilter
from flasky_site.lib.desk_lists import DeskFilter, lately_conditions

from .models import Decision


class ActorFilter(TypedFilter):
    title = gettext_lazy("who decided")
    label = gettext_lazy("Username")
    parameter_name = "by"

    def narrow(self, queryset: Any, typed: str) -> Any:
        return queryset.by_whom(typed)


class MemberFilter(TypedFilter):
    title = gettext_lazy("whom it is about")
    label = gettext_lazy("Username")
    parameter_name = "about"

    def narrow(self, queryset: Any, typed: str) -> Any:
        return queryset.about_whom(typed)


class BatchFilter(TypedFilter):
    title = gettext_lazy("what was decided together")
    label = gettext_lazy("Number of the act")
    parameter_name = "batch"

    def narrow(self, queryset: Any, typed: str) -> Any:
        try:
            return queryset.filter(batch=UUID(typed))
        except ValueError:
            return queryset.none()


class KindFilter(DeskFilter):
    title = gettext_lazy("decision")
    parameter_name = "kind"
    conditions: ClassVar[Any] = {
        kind.value: (kind.label, methodcaller("filter", kind=kind))
        for kind in Decision.Kind
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer what may be found: the rest is not for who asks."""
        is_for_all = request.user.has_perm("accounts.administer")
        offered = super().lookups(request, model_admin)
        return [
            (kind, title)
            for kind, title in offered
            if is_for_all or kind not in Decision.ADMINISTRATIVE
        ]


class UndoneFilter(DeskFilter):
    title = gettext_lazy("whether it stands")
    parameter_name = "undone"
    conditions: ClassVar[Any] = {
        "no": (gettext_lazy("Stands"), methodcaller("standing")),
        "yes": (gettext_lazy("Taken back"), methodcaller("undone")),
    }


class MomentFilter(DeskFilter):
    title = gettext_lazy("when")
    parameter_name = "lately"
    conditions = lately_conditions("created_at", "day", "week", "month", "year")


class FirstDayFilter(TypedFilter):
    title = gettext_lazy("first day")
    label = gettext_lazy("Year-month-day")
    parameter_name = "from"

    def narrow(self, queryset: Any, typed: str) -> Any:
        return queryset.filter(created_at__gte=_midnight(typed))


class LastDayFilter(TypedFilter):
    title = gettext_lazy("last day")
    label = gettext_lazy("Year-month-day")
    parameter_name = "to"

    def narrow(self, queryset: Any, typed: str) -> Any:
        return queryset.filter(created_at__lt=_midnight(typed, days=1))


class PostFilter(TypedFilter):
    title = gettext_lazy("post")
    label = gettext_lazy("Number of the post")
    parameter_name = "post"

    def narrow(self, queryset: Any, typed: str) -> Any:
        post_id = parse_id(typed)
        return queryset.none() if post_id is None else queryset.about_post(post_id)


class CommentFilter(TypedFilter):
    title = gettext_lazy("comment")
    label = gettext_lazy("Number of the comment")
    parameter_name = "comment"

    def narrow(self, queryset: Any, typed: str) -> Any:
        comment_id = parse_id(typed)
        if comment_id is None:
            return queryset.none()
        return queryset.about_comment(comment_id)


FILTERS = [
    ActorFilter,
    MemberFilter,
    PostFilter,
    CommentFilter,
    FirstDayFilter,
    LastDayFilter,
    KindFilter,
    UndoneFilter,
    MomentFilter,
    DateFilter,
    BatchFilter,
]


def _midnight(typed: str, *, days: int = 0) -> datetime:
    """Return when a day begins, so many after the one that was typed.

    Raise IncorrectLookupParameters for nonsense.
    """
    try:
        day = date.fromisoformat(typed) + timedelta(days=days)
        return timezone.make_aware(datetime.combine(day, time.min))
    except (ValueError, OverflowError):
        raise IncorrectLookupParameters from None
