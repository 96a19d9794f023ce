"""Posts and comments on the desk."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from accounts.acts import Act, ActsAdmin
from accounts.admin import (
    DECISIONS_SHOWN,
    age_in_words,
    decisions_in_words,
    members_found,
)
from accounts.models import Decision
from blog import services
from blog.models import Comment, Post
from blog.services import rules
from blog.templatetags.excerpts import plain_text
from flasky_site.lib.cursors import parse_id
from flasky_site.lib.desk import desk
from flasky_site.lib.desk_lists import among_newest
from flasky_site.lib.moments import moment

from .filters import (
    READ_AT_MOST,
    TEXT_FILTERS,
    CommentStateFilter,
    PostStateFilter,
)

# On the page of a comment, on each side of it.
NEIGHBOURS = 3
_EXCERPT_LENGTH = 120


class TextAdmin(ActsAdmin):
    viewing_permission = "blog.moderate"
    page_template = "admin/text.html"
    list_display = ["excerpt", "written_by", "state", "written"]
    search_fields = ["id"]
    search_help_text = gettext_lazy(
        "An id, the beginning of a username, or “words” in quotation marks: those are "
        "looked for in the newest 10,000."
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        texts: Any = self.model._default_manager
        return texts.visible_to(request.user)

    def get_rows(self, request: HttpRequest) -> Any:
        return self.get_queryset(request).with_desk_row(request.user)

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        text = search_term.strip()
        words = text.strip('"“”„')
        if words and words != text:
            found = among_newest(queryset, READ_AT_MOST).filter(body__icontains=words)
        elif number := parse_id(text):
            found = queryset.filter(pk=number)
        elif text:
            found = queryset.filter(author__in=members_found(text.removeprefix("@")))
        else:
            found = queryset
        return found, False

    def describe(self, row: Any) -> dict[str, Any]:
        return {
            **super().describe(row),
            "title": self.excerpt(row),
            "member": row.author,
        }

    def page_context(self, request: Any, row: Any) -> dict[str, Any]:
        visible = Decision.objects.visible_to(request.user).with_undone()
        decisions = visible.about(row.author).newest_first()
        return {
            "title": self._title(row),
            "member": row.author,
            "state": self.state(row),
            "offers": self.offers(request, row),
            "decisions": decisions[:DECISIONS_SHOWN],
            "author_age": age_in_words(row.author),
            **self.around(request, row),
        }

    def around(self, request: Any, row: Any) -> dict[str, Any]:
        """Return the comments ``before`` and ``after``, and the ``post`` above."""
        raise NotImplementedError

    @admin.display(description=gettext_lazy("text"))
    def excerpt(self, text: Any) -> str:
        plain = plain_text(text.body_html)
        return Truncator(plain).chars(_EXCERPT_LENGTH) or self._title(text)

    @admin.display(description=gettext_lazy("author"))
    def written_by(self, text: Any) -> SafeString:
        return format_html(
            '<a href="{}">@{}</a><br>{}<br>{}: {}',
            reverse("admin:accounts_user_change", args=[text.author_id]),
            text.author.username,
            age_in_words(text.author),
            _("decisions"),
            decisions_in_words(text.decision_count),
        )

    @admin.display(description=gettext_lazy("state"))
    def state(self, text: Any) -> str:
        if text.is_deleted:
            return _("Deleted")
        return self.away_word() if text.is_away else _("Public")

    @admin.display(description=gettext_lazy("written"))
    def written(self, text: Any) -> SafeString:
        return moment(text.created_at)

    def away_word(self) -> str:
        raise NotImplementedError

    def _title(self, text: Any) -> str:
        return f"{self.opts.verbose_name} {text.pk}".capitalize()


@admin.register(Post, site=desk)
class PostAdmin(TextAdmin):
    list_filter = [PostStateFilter, *TEXT_FILTERS]
    acts = (
        Act(
            slug="hide",
            label=gettext_lazy("Hide"),
            service=services.hide_posts,
            argument="posts",
            why_not=rules.why_not_hide,
            done=ngettext_lazy("%d post is hidden.", "%d posts are hidden."),
            is_dangerous=True,
        ),
        Act(
            slug="restore",
            label=gettext_lazy("Restore"),
            service=services.restore_posts,
            argument="posts",
            why_not=rules.why_not_restore,
            done=ngettext_lazy(
                "%d post is public again.", "%d posts are public again."
            ),
        ),
    )

    def away_word(self) -> str:
        return _("Hidden")

    def around(self, request: Any, row: Any) -> dict[str, Any]:
        thread = Comment.objects.visible_to(request.user).filter(post=row)
        newest = thread.with_desk_row(request.user).order_by("-id")[: 2 * NEIGHBOURS]
        return {"post": None, "before": [], "after": newest[::-1]}


@admin.register(Comment, site=desk)
class CommentAdmin(TextAdmin):
    list_filter = [CommentStateFilter, *TEXT_FILTERS]
    acts = (
        Act(
            slug="disable",
            label=gettext_lazy("Disable"),
            service=services.disable_comments,
            argument="comments",
            why_not=rules.why_not_disable,
            done=ngettext_lazy("%d comment is disabled.", "%d comments are disabled."),
            is_dangerous=True,
        ),
        Act(
            slug="enable",
            label=gettext_lazy("Enable"),
            service=services.enable_comments,
            argument="comments",
            why_not=rules.why_not_enable,
            done=ngettext_lazy("%d comment is enabled.", "%d comments are enabled."),
        ),
    )

    def away_word(self) -> str:
        return _("Disabled")

    def around(self, request: Any, row: Any) -> dict[str, Any]:
        thread = Comment.objects.visible_to(request.user).filter(post=row.post_id)
        thread = thread.with_desk_row(request.user)
        before = thread.filter(id__lt=row.pk).order_by("-id")[:NEIGHBOURS]
        after = thread.filter(id__gt=row.pk).order_by("id")[:NEIGHBOURS]
        post = Post.objects.visible_to(request.user).with_card().get(pk=row.post_id)
        return {"post": post, "before": before[::-1], "after": after}
