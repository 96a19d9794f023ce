"""Which posts and comments there are, who may see them, and how lists find them."""

from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet, Value

from flasky_site.lib.fields import MarkdownQuerySet
from flasky_site.lib.pagination import Page

if TYPE_CHECKING:
    from accounts.models import User
    from blog.models import Post

# Up to here counting rows off is cheaper than looking for the right block of ids.
SHALLOW = 200
# Rows of PostBlock stand for this many ids each; the triggers know the number too.
BLOCK_SIZE = 5000
# What no list shows of an author; the longest columns among them.
_AUTHOR_UNSHOWN = ("author__password", "author__email", "author__about_me")


class PostQuerySet(MarkdownQuerySet):
    def public(self) -> Self:
        """Limit to what everybody may read; lists show this to everybody."""
        return self.filter(is_hidden=False)

    def visible_to(self, viewer: "User | AnonymousUser") -> Self:
        """Limit to what ``viewer`` may read: public posts and their own.

        Moderators read everything.
        """
        if viewer.has_perm("blog.moderate"):
            return self.all()
        if not viewer.is_authenticated:
            return self.public()
        return self.filter(Q(is_hidden=False) | Q(author=viewer))

    def by(self, author: "User") -> Self:
        return self.filter(author=author)

    def with_card(self) -> Self:
        """Load what a post's card shows, so that a list costs one query."""
        return self.select_related("author").defer("body", *_AUTHOR_UNSHOWN)

    def newest_first(self) -> Self:
        """Order by id: rows come to be when they are public, oldest first."""
        return self.order_by("-id")

    def rows(self, ids: "QuerySet[Any]") -> Self:
        """Load the rows of a subquery of ids, which walks an index alone."""
        return self.filter(id__in=ids).with_card().newest_first()

    def page_of(self, page: Page) -> Self:
        """Return one page of an author's posts, walking from the nearer end.

        ``page.total`` must be the number of rows in this queryset.
        """
        beyond = page.total - page.skip - page.count
        if beyond < page.skip:
            ids = self.order_by("id").values("id")[beyond : beyond + page.count]
        else:
            ids = self.order_by("-id").values("id")[page.skip : page.skip + page.count]
        return self.rows(ids)


class PostBlockQuerySet(QuerySet[Any]):
    def counts(self) -> list[tuple[int, int]]:
        """Return (block, number of public posts in it), newest first, none empty."""
        blocks = self.filter(post_count__gt=0).order_by("-block")
        return list(blocks.values_list("block", "post_count"))


class CommentQuerySet(MarkdownQuerySet):
    def visible_to(self, viewer: "User | AnonymousUser") -> Self:
        """Limit to the comments whose text ``viewer`` may read."""
        return self.with_readability(viewer).filter(is_readable=True)

    def with_readability(self, viewer: "User | AnonymousUser") -> Self:
        """Add ``is_readable``: whether ``viewer`` may read the text.

        A thread keeps a disabled comment in its place as a tombstone. Its text is for
        its author and for moderators.
        """
        if viewer.has_perm("blog.moderate"):
            return self.annotate(is_readable=Value(True))
        readable = Q(is_disabled=False)
        if viewer.is_authenticated:
            readable |= Q(author=viewer)
        return self.annotate(is_readable=ExpressionWrapper(readable, BooleanField()))

    def in_thread(self, post: "Post", page: Page) -> Self:
        """Limit to one page of a post's thread, oldest first, tombstones included.

        ``page.total`` must be the post's ``thread_length``. Walks from the nearer end.
        """
        thread = self.filter(post=post)
        beyond = page.total - page.skip - page.count
        if beyond < page.skip:
            ids = thread.order_by("-id").values("id")[beyond : beyond + page.count]
        else:
            ids = thread.order_by("id").values("id")[page.skip : page.skip + page.count]
        comments = self.filter(id__in=ids).select_related("author")
        return comments.defer("body", *_AUTHOR_UNSHOWN).order_by("id")
