"""Going down from years to days in the desk's lists, as Django's date hierarchy does.

Django's reads and sorts the moments of all rows. Here ids rise with time, so that the
first id of each year, month or day is found by halving. docs/decisions/0023 has the
measurements.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from .days import first_ids_since

_FORMATS = ("%Y", "%Y-%m", "%Y-%m-%d")
_SHOWN = ("Y", "YEAR_MONTH_FORMAT", "DATE_FORMAT")


@dataclass(frozen=True)
class Period:
    """A year, a month or a day: ``depth`` 0, 1 or 2, from its first day on."""

    first: date
    depth: int

    @classmethod
    def of(cls, text: str) -> "Period | None":
        """Return the period written like 2026, 2026-11 or 2026-11-24.

        None for anything else, and for the end of time, which nothing comes after.
        """
        depth = {4: 0, 7: 1, 10: 2}.get(len(text))
        if depth is None:
            return None
        try:
            moment = datetime.strptime(text, _FORMATS[depth])  # noqa: DTZ007  A day.
            period = cls(moment.date(), depth)
            return period if period.next else None
        except (ValueError, OverflowError):
            return None

    def __str__(self) -> str:
        return f"{self.first:{_FORMATS[self.depth]}}".zfill(4 + 3 * self.depth)

    @property
    def title(self) -> str:
        return date_format(self.first, _SHOWN[self.depth])

    @property
    def next(self) -> "Period":
        """The one after it. Raise OverflowError after the year 9999."""
        longest = (366, 31, 1)[self.depth]
        after = self.first + timedelta(days=longest)
        first = (after.replace(month=1, day=1), after.replace(day=1), after)[self.depth]
        return Period(first, self.depth)

    @property
    def parts(self) -> list["Period"]:
        """The months of a year, the days of a month, nothing for a day."""
        if self.depth == 2:
            return []
        end, parts = self.next.first, [Period(self.first, self.depth + 1)]
        while (part := parts[-1].next).first < end:
            parts.append(part)
        return parts

    @property
    def around(self) -> list["Period"]:
        """The year and the month that it lies in, the widest first."""
        year, month = self.first.replace(month=1, day=1), self.first.replace(day=1)
        return [Period(year, 0), Period(month, 1)][: self.depth]


class DateFilter(admin.SimpleListFilter):
    """Links to the years that have rows, then to months and days.

    What is counted as there are the rows of the table, whatever else is filtered.
    """

    title = _("year, month and day")
    parameter_name = "on"
    template = "admin/date_filter.html"
    # The moment with which ids rise.
    column: ClassVar[str] = "created_at"

    def __init__(self, request: HttpRequest, params: Any, model: Any, owner: Any):
        self.model = model
        self._found: tuple[list[datetime], list[int]] | None = None
        super().__init__(request, params, model, owner)

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[Any]:
        # One, or Django leaves the filter out.
        return [("", "")]

    @cached_property
    def period(self) -> Period | None:
        """What the address asks for. Raise IncorrectLookupParameters for nonsense."""
        if not (text := self.value()):
            return None
        period = Period.of(text)
        if period is None:
            raise IncorrectLookupParameters
        return period

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.period is None:
            return queryset
        starts, ids = self._bounds(self.period)
        return queryset.filter(
            id__gte=ids[0],
            id__lt=ids[-1],
            **{f"{self.column}__gte": starts[0], f"{self.column}__lt": starts[-1]},
        )

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """Yield one: the links ``around`` the period, and to the ``parts`` of it."""
        period = self.period
        around = [*period.around, period] if period else []
        parts = self._parts_with_rows(period) if period else self._years()
        yield {
            "all": changelist.get_query_string(remove=[self.parameter_name]),
            "around": self._links(changelist, around),
            "parts": self._links(changelist, parts),
        }

    def _years(self) -> list[Period]:
        """Return the years since the oldest row, this one among them."""
        rows = self.model._default_manager.order_by("id")
        oldest = rows.values_list(self.column, flat=True).first()
        today = timezone.localdate()
        first = timezone.localtime(oldest).year if oldest else today.year
        return [Period(date(year, 1, 1), 0) for year in range(first, today.year + 1)]

    def _parts_with_rows(self, period: Period) -> list[Period]:
        _starts, ids = self._bounds(period)
        ends = zip(period.parts, ids, ids[1:], strict=False)
        return [part for part, first, after in ends if first < after]

    def _links(self, changelist: ChangeList, periods: Sequence[Period]) -> list[Any]:
        return [
            {
                "title": period.title,
                "href": changelist.get_query_string({self.parameter_name: str(period)}),
                "is_shown": period == self.period,
            }
            for period in periods
        ]

    def _bounds(self, period: Period) -> tuple[list[datetime], list[int]]:
        """Return when each part begins and the last ends, and the first ids then.

        Asked once for the rows and the links.
        """
        if self._found is None:
            days = [part.first for part in period.parts or [period]]
            starts = [
                timezone.make_aware(datetime.combine(day, time.min))
                for day in (*days, period.next.first)
            ]
            self._found = starts, first_ids_since(self.model, self.column, starts)
        return self._found
