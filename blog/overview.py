"""What the front page of the desk tells: what is new, and how it went lately."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from heapq import merge
from itertools import islice
from operator import attrgetter
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Decision, User
from flasky_site.lib.charts import DayChart
from flasky_site.lib.days import count_between, first_ids_since
from flasky_site.lib.desk_lists import NEW_FOR_DAYS

from .models import Comment, Post

DAYS = 30
SHOWN = 10


def texts_of_newcomers() -> Sequence[Post | Comment]:
    """Return the newest posts and comments of members who joined a moment ago.

    Whose id is above a certain one joined since, and so are their texts newer than a
    certain id: whether the database goes by author or by what was written last, the
    search is never longer than what three days hold.
    """
    since = [timezone.now() - timedelta(days=NEW_FOR_DAYS)]
    (first_member,) = first_ids_since(User, "date_joined", since)
    newest = []
    for model in (Post, Comment):
        (first_text,) = first_ids_since(model, "created_at", since)
        texts = model.objects.filter(author__gte=first_member, id__gte=first_text)
        newest.append(_newest(texts))
    newest_first = merge(*newest, key=attrgetter("created_at"), reverse=True)
    return list(islice(newest_first, SHOWN))


def _newest(texts: Any) -> Any:
    return texts.filter(deleted_at=None).with_author().order_by("-id")[:SHOWN]


def charts() -> list[DayChart]:
    """Return what came to be on each of the last days, today among them."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    starts = [today + timedelta(days=number) for number in range(1 - DAYS, 2)]
    drawn: list[tuple[str, str, Any, str]] = [
        ("members", _("New members"), User, "date_joined"),
        ("posts", _("Posts"), Post, "created_at"),
        ("comments", _("Comments"), Comment, "created_at"),
        ("decisions", _("Decisions"), Decision, "created_at"),
    ]
    return [
        _chart(name, title, starts, count_between(model, column, starts))
        for name, title, model, column in drawn
    ]


def _chart(
    name: str, title: str, starts: Sequence[datetime], counts: Sequence[int]
) -> DayChart:
    return DayChart(name, title, [start.date() for start in starts[:-1]], counts)
