"""Which posts and comments there are, who may see them, and how lists find them."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, F, Q, QuerySet, TextField, Value, When

from flasky_site.lib.markdown import render_markdown
from flasky_site.lib.pagination import Page

if TYPE_CHECKING:
    from accounts.models import User
    from blog.models import Post

# Up to here counting rows off is cheaper than looking for the right block of ids.
SHALLOW = 200
# A row of PostBlock stands for this many ids; the triggers know the number too.
BLOCK_SIZE = 5000
# What no list shows of an author; the longest columns among them.
_AUTHOR_UNSHOWN = ("author__password", "author__email", "author__about_me")


def _ids_on(page: Page, rows: "QuerySet[Any]", order: str) -> "QuerySet[Any]":
    """Return the ids of ``page`` of ``rows`` in ``order``, from the nearer end.

    ``page.total`` must be the number of ``rows``. Ids alone come from an index, so
    that only the rows shown are read.
    """
    beyond = page.total - page.skip - page.count
    if beyond < page.skip:
        backwards = order.removeprefix("-") if order.startswith("-") else f"-{order}"
        return rows.order_by(backwards).values("id")[beyond : beyond + page.count]
    return rows.order_by(order).values("id")[page.skip : page.skip + page.count]


class MarkdownQuerySet(QuerySet):
    """Keeps ``body_html`` in step with ``body`` in writes that pass by ``save``."""

    def update(self, **values: Any) -> int:
        """Raise TypeError for a ``body`` that the database would compute."""
        if "body" in values and "body_html" not in values:
            if not isinstance(values["body"], str):
                raise TypeError("A body is rendered here, so it must be a string.")
            values["body_html"] = render_markdown(values["body"])
        return super().update(**values)

    def bulk_update(
        self, objs: Iterable[Any], fields: Iterable[str], batch_size: int | None = None
    ) -> int:
        rows, names = list(objs), list(fields)
        if "body" in names:
            for row in rows:
                row.body_html = render_markdown(row.body)
            names = [*names, "body_html"]
        return super().bulk_update(rows, names, batch_size=batch_size)

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        if "body" in (names := kwargs.get("update_fields") or ()):
            kwargs["update_fields"] = [*names, "body_html"]
        return super().bulk_create(objs, *args, **kwargs)


class PostQuerySet(MarkdownQuerySet):
    def public_q(self) -> Q:
        return Q(is_hidden=False)

    def public(self) -> Self:
        """Limit to what everybody may read; lists show this to everybody."""
        return self.filter(self.public_q())

    def visible_to(self, viewer: "User | AnonymousUser") -> Self:
        """Limit to what ``viewer`` may read: public posts and their own.

        Moderators read everything.
        """
        if viewer.has_perm("blog.moderate"):
            return self.all()
        if not viewer.is_authenticated:
            return self.public()
        return self.filter(self.public_q() | Q(author=viewer))

    def by(self, author: "User") -> Self:
        return self.filter(author=author)

    def with_card(self) -> Self:
        """Load what a post's card shows, so that a list costs one query."""
        return self.select_related("author").defer("body", *_AUTHOR_UNSHOWN)

    def newest_first(self) -> Self:
        """Order by id: rows come to be when they are public, oldest first."""
        return self.order_by("-id")

    def on_page(self, page: Page) -> Self:
        """Load one page of these posts with their cards, newest first.

        ``page.total`` must be the number of rows in this queryset.
        """
        ids = _ids_on(page, self, "-id")
        return self.filter(id__in=ids).with_card().newest_first()

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
    def counts(self) -> list[tuple[int, int]]:
        """Return (block, number of public posts in it), newest first, none empty."""
        blocks = self.filter(post_count__gt=0).order_by("-block")
        return list(blocks.values_list("block", "post_count"))


class CommentQuerySet(MarkdownQuerySet):
    def visible_to(self, viewer: "User | AnonymousUser") -> Self:
        """Limit to the comments whose text ``viewer`` may read.

        Disabled ones are read by their author and by moderators.
        """
        if viewer.has_perm("blog.moderate"):
            return self.all()
        return self.filter(self._readable_q(viewer))

    def with_readable_html(self, viewer: "User | AnonymousUser") -> Self:
        """Put ``readable_html`` in place of the text, None where it is not for
        ``viewer``.

        A thread keeps a disabled comment in its place as a tombstone.
        """
        if viewer.has_perm("blog.moderate"):
            html: Any = F("body_html")
        else:
            readable = When(self._readable_q(viewer), then=F("body_html"))
            html = Case(readable, default=Value(None), output_field=TextField())
        return self.defer("body", "body_html").annotate(readable_html=html)

    def in_thread(self, post: "Post", page: Page) -> Self:
        """Limit to one page of a post's thread, oldest first, tombstones included.

        ``page.total`` must be the post's ``thread_length``.
        """
        ids = _ids_on(page, self.filter(post=post), "id")
        comments = self.filter(id__in=ids).select_related("author")
        return comments.defer("body", *_AUTHOR_UNSHOWN).order_by("id")

    @staticmethod
    def _readable_q(viewer: "User | AnonymousUser") -> Q:
        readable = Q(is_disabled=False)
        if viewer.is_authenticated:
            readable |= Q(author=viewer)
        return readable
