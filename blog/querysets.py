"""Which posts and comments there are, who may see them, and how lists find them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db.models import (
    Case,
    Count,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from accounts.models import Decision
from flasky_site.lib.pagination import Page, ids_on, rows_on

from .bounds import first_id_since
from .markdown import people_found_at_once

if TYPE_CHECKING:
    from accounts.models import User
    from blog.models import Comment, Post

# Up to here counting rows off is cheaper than looking for the right block of ids.
SHALLOW = 200
# A row of PostBlock stands for this many ids; the triggers know the number too.
BLOCK_SIZE = 5000
# What no list shows of an author; the longest columns among them.
# Not the address: where Gravatar is switched on, the picture may be found by it.
_AUTHOR_UNSHOWN = ("author__password", "author__about_me")
# What a post's card shows. Twenty rows of that cost a fifth less than whole ones.
_CARD_ALONE = (
    *("author_id", "body_html", "created_at", "edited_at", "comment_count"),
    *("is_hidden", "deleted_at", "thread_length"),
)
_CARD = (
    *_CARD_ALONE,
    *("author__username", "author__name", "author__avatar"),
    *("author__gravatar_hash", "author__email"),
)
# What programs read of a text, and of a post or a comment beside that.
_TEXT = ("body", "body_html", "created_at", "edited_at", "author__username")
_POST = ("comment_count", "thread_length", "is_closed", "is_hidden", "deleted_at")
_COMMENT = ("post_id", "is_disabled", "deleted_at")


class MarkdownQuerySet(QuerySet):
    """Keeps ``body_html`` in step with ``body`` in writes that pass by ``save``."""

    def by(self, author: "User") -> Self:
        return self.filter(author=author)

    def written(self, since: datetime | None, until: datetime | None) -> Self:
        """Limit to what was written from ``since`` on and before ``until``."""
        rows = self
        if since is not None:
            first = first_id_since(self.model, since)
            rows = rows.filter(id__gte=first, created_at__gte=since)
        if until is not None:
            end = first_id_since(self.model, until)
            rows = rows.filter(id__lt=end, created_at__lt=until)
        return rows

    def purgeable(self, before: datetime) -> Self:
        """Limit to what was deleted before ``before``."""
        return self.filter(deleted_at__lt=before)

    def with_author(self) -> Self:
        """Load who wrote each, without what no list shows of a text or a member."""
        return self.select_related("author").defer("body", *_AUTHOR_UNSHOWN)

    def with_desk_row(self, viewer: "User | AnonymousUser") -> Self:
        """Load what the desk shows ``viewer``: the author, their role and record."""
        decisions = Decision.objects.visible_to(viewer)
        return self.with_author().annotate(
            role=F("author__groups__name"),
            decision_count=decisions.counted_about("author_id"),
        )

    def update(self, **values: Any) -> int:
        """Raise TypeError for a ``body`` that the database would compute."""
        if "body" in values and "body_html" not in values:
            if not isinstance(values["body"], str):
                raise TypeError("A body is rendered here, so it must be a string.")
            values["body_html"] = self._render(values["body"])
        return super().update(**values)

    def bulk_update(
        self, objs: Iterable[Any], fields: Iterable[str], batch_size: int | None = None
    ) -> int:
        rows, names = list(objs), list(fields)
        if "body" in names:
            with people_found_at_once(row.body for row in rows):
                for row in rows:
                    row.body_html = self._render(row.body)
            names = [*names, "body_html"]
        return super().bulk_update(rows, names, batch_size=batch_size)

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        if "body" in (names := kwargs.get("update_fields") or ()):
            kwargs["update_fields"] = [*names, "body_html"]
        rows = list(objs)
        with people_found_at_once(row.body for row in rows):
            return super().bulk_create(rows, *args, **kwargs)

    def _render(self, body: str) -> str:
        field: Any = self.model._meta.get_field("body_html")
        html: str = field.render(body)
        return html


class PostQuerySet(MarkdownQuerySet):
    @staticmethod
    def public_q(post: str = "") -> Q:
        """Return what makes a post public; ``post`` is the way to it: "post__"."""
        return Q(**{f"{post}is_hidden": False, f"{post}deleted_at": None})

    def public(self) -> Self:
        """Limit to what everybody may read; lists show this to everybody."""
        return self.filter(self.public_q())

    def visible_to(self, viewer: "User | AnonymousUser") -> Self:
        """Limit to what ``viewer`` may read: public posts and their own.

        Moderators read everything, deleted posts too.
        """
        if viewer.has_perm("blog.moderate"):
            return self.all()
        if not viewer.is_authenticated:
            return self.public()
        return self.filter(self.public_q() | Q(author=viewer, deleted_at=None))

    def with_card(self) -> Self:
        """Load what a post's card shows, so that a list costs one query."""
        return self.select_related("author").only(*_CARD)

    def with_source(self) -> Self:
        """Load what a program reads of a post, in one query."""
        return self.defer(None).select_related("author").only(*_TEXT, *_POST)

    def with_neighbours(self) -> Self:
        """Put ``older_id`` and ``newer_id`` beside each post: public, by its author.

        They are None where there is none; each costs one look into an index.
        """
        others: PostQuerySet = PostQuerySet(self.model).public()
        others = others.filter(author=OuterRef("author"))
        older = others.filter(id__lt=OuterRef("id")).order_by("-id")
        newer = others.filter(id__gt=OuterRef("id")).order_by("id")
        return self.annotate(
            older_id=Subquery(older.values("id")[:1]),
            newer_id=Subquery(newer.values("id")[:1]),
        )

    def newest_first(self) -> Self:
        """Order by id: rows come to be when they are public, oldest first."""
        return self.order_by("-id")

    def on_page(self, page: Page) -> Self:
        """Limit these posts to one page, newest first.

        ``page.total`` must be the number of rows in this queryset. What comes out can
        be limited further.
        """
        ids = ids_on(page, self, "-id")
        return self.filter(id__in=ids).with_card().newest_first()

    def on_page_of(self, author: "User", page: Page) -> "QuerySet[Post]":
        """Load one page of those that ``author`` wrote, with cards, newest first.

        ``page.total`` must be the number of these. Whoever shows them has their author
        already, who is not read again for each.
        """
        return rows_on(page, self, "-id", author_id=author.pk).only(*_CARD_ALONE)

    def on_page_by_blocks(self, page: Page, blocks: Sequence[tuple[int, int]]) -> Self:
        """Load one page of all public posts, newest first, at a cost that stays.

        ``blocks`` are ``PostBlock.objects.counts()`` and ``page.total`` their sum. No
        page skips more than one block of rows, however deep it is.
        """
        posts, skip = self.public().newest_first(), page.skip
        if skip < SHALLOW:
            return posts.with_card()[skip : skip + page.size]
        for block, count in blocks:
            if skip < count:
                posts = posts.filter(id__lt=(block + 1) * BLOCK_SIZE)
                break
            skip -= count
        ids = posts.values("id")[skip : skip + page.size]
        return self.filter(id__in=ids).with_card().newest_first()


class PostBlockQuerySet(QuerySet[Any]):
    def counted(self) -> "QuerySet[Any, tuple[int, int]]":
        """Load (block, number of public posts in it), newest first, none empty."""
        blocks = self.filter(post_count__gt=0).order_by("-block")
        return blocks.values_list("block", "post_count")

    def counts(self) -> list[tuple[int, int]]:
        return list(self.counted())

    def total(self) -> int:
        return sum(count for _block, count in self.counts())

    def total_beside(self) -> Coalesce:
        """Return the number of all public posts as a value beside other rows."""
        # Not by Sum, which would group by the block.
        total = Func("post_count", function="SUM", output_field=IntegerField())
        summed = self.annotate(total=total).order_by().values("total")
        return Coalesce(Subquery(summed), 0)


class CommentQuerySet(MarkdownQuerySet):
    def public(self) -> Self:
        """Limit to what everybody may read, beneath a post that everybody may read."""
        return self.filter(
            PostQuerySet.public_q("post__"), is_disabled=False, deleted_at=None
        )

    def visible_to(self, viewer: "User | AnonymousUser") -> Self:
        """Limit to the comments whose text ``viewer`` may read.

        Disabled ones are read by their author and by moderators, and those beneath a
        post by who may read that. Moderators read deleted ones too.
        """
        if viewer.has_perm("blog.moderate"):
            return self.all()
        if not viewer.is_authenticated:
            return self.public()
        post = PostQuerySet.public_q("post__")
        own_post = Q(post__author=viewer, post__deleted_at=None)
        return self.filter(post | own_post, self._readable_q(viewer), deleted_at=None)

    def with_readable_html(self, viewer: "User | AnonymousUser") -> Self:
        """Put ``readable_html`` in place of the text, None where it is not for
        ``viewer``.

        A thread keeps a disabled comment in its place as a tombstone.
        """
        html = self._readable(viewer, "body_html")
        return self.defer("body", "body_html").annotate(readable_html=html)

    def with_readable_source(self, viewer: "User | AnonymousUser") -> Self:
        """Load what a program reads of a comment, in one query.

        ``readable_body`` and ``readable_html`` are None where they are not for
        ``viewer``.
        """
        return self._with_texts(
            self._readable(viewer, "body"), self._readable(viewer, "body_html")
        )

    def with_source(self) -> Self:
        """Load the same of comments whose text is for whoever asks."""
        return self._with_texts(F("body"), F("body_html"))

    def _with_texts(self, body: Any, html: Any) -> Self:
        shown = self.defer(None).select_related("author")
        shown = shown.only(*_COMMENT, *(name for name in _TEXT if "body" not in name))
        return shown.annotate(readable_body=body, readable_html=html)

    def in_thread(self, post: "Post | int", page: Page) -> Self:
        """Limit to one page of the thread of a post or its id, oldest first.

        ``page.total`` must be the post's ``thread_length``. Deleted comments have no
        place in it, whoever looks. What comes out can be limited further.
        """
        ids = ids_on(page, self.filter(post=post, deleted_at=None), "id")
        return self.filter(id__in=ids).with_author().order_by("id")

    def on_page_of(self, post: "Post", page: Page) -> "QuerySet[Comment]":
        """Return the same rows, found at less cost, for pages that show all of them."""
        thread = self.filter(deleted_at=None).with_author()
        return rows_on(page, thread, "id", post_id=post.pk)

    def newest_on(self, post: "Post") -> Self:
        """Load what was said about ``post``, with who said it, newest first.

        ``place`` is where each stands in the thread, from 1. It is counted from the
        nearer end, as the newest are asked for.
        """
        later = self.model._default_manager.filter(
            post=OuterRef("post"), deleted_at=None, id__gt=OuterRef("id")
        )
        counted = later.order_by().values("post").values(count=Count("id"))
        place = Value(post.thread_length) - Coalesce(Subquery(counted), 0)
        comments = self.filter(post=post).with_author()
        return comments.annotate(place=place).order_by("-id")

    def place_of(self, comment: "Comment") -> int:
        """Return how many comments of its thread come up to ``comment``, with it."""
        thread = self.filter(post=comment.post_id, deleted_at=None)
        return thread.filter(id__lte=comment.pk).count()

    def _readable(self, viewer: "User | AnonymousUser", column: str) -> Any:
        if viewer.has_perm("blog.moderate"):
            return F(column)
        readable = When(self._readable_q(viewer), then=F(column))
        return Case(readable, default=Value(None), output_field=TextField())

    @staticmethod
    def _readable_q(viewer: "User | AnonymousUser") -> Q:
        readable = Q(is_disabled=False)
        if viewer.is_authenticated:
            readable |= Q(author=viewer)
        return readable
