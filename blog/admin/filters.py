"""By what lists of posts and comments are narrowed down."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from flasky_site.lib.desk_dates import DateFilter
from flasky_site.lib.desk_lists import (
    NEW_FOR_DAYS,
    DeskFilter,
    among_newest,
    lately_conditions,
    since,
)

# Where words and links are looked for: a text is read whole for it.
READ_AT_MOST = 10_000


def _deleted(texts: Any) -> Any:
    return texts.filter(deleted_at__isnull=False)


def _of_new_members(texts: Any) -> Any:
    """Limit to what members wrote who joined lately, and so wrote it since then."""
    start = timezone.now() - timedelta(days=NEW_FOR_DAYS)
    return since(texts, "created_at", start).filter(author__date_joined__gte=start)


class PostStateFilter(DeskFilter):
    title = _("state")
    parameter_name = "state"
    conditions = {
        "public": (_("Public"), lambda posts: posts.public()),
        "hidden": (_("Hidden"), lambda posts: posts.filter(is_hidden=True)),
        "deleted": (_("Deleted"), _deleted),
    }


class CommentStateFilter(DeskFilter):
    title = _("state")
    parameter_name = "state"
    conditions = {
        "public": (
            _("Public"),
            lambda comments: comments.filter(is_disabled=False, deleted_at=None),
        ),
        "disabled": (_("Disabled"), lambda comments: comments.filter(is_disabled=True)),
        "deleted": (_("Deleted"), _deleted),
    }


class AuthorFilter(DeskFilter):
    title = _("author")
    parameter_name = "author"
    conditions = {"new": (_("Joined in the last three days"), _of_new_members)}


class LinksFilter(DeskFilter):
    title = _("links")
    parameter_name = "links"
    conditions = {
        "other": (
            _("To other sites, among the newest 10,000"),
            lambda texts: among_newest(texts, READ_AT_MOST).filter(
                body_html__contains='href="http'
            ),
        )
    }


class WrittenFilter(DeskFilter):
    title = _("date")
    parameter_name = "written"
    conditions = lately_conditions("created_at", "day", "week", "month")


TEXT_FILTERS = [AuthorFilter, LinksFilter, WrittenFilter, DateFilter]
