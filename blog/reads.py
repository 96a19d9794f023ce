"""What pages read again and again, in queries that are compiled once.

Each does what the querysets say, and who may see what is theirs to say.
"""

from collections.abc import Sequence

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils import timezone

from accounts import roles
from accounts.backends import remember_role
from accounts.models import User
from flasky_site.lib.pagination import Page
from flasky_site.lib.prepared import prepared

from .models import Comment, Post, PostBlock
from .querysets import SHALLOW

Viewer = User | AnonymousUser

# What a comment in a thread shows, and what may be done with it.
_COMMENT = (
    *("created_at", "edited_at", "is_disabled", "deleted_at", "post_id"),
    *("author__username", "author__name", "author__avatar"),
    *("author__gravatar_hash", "author__email"),
)


def find_post(post_id: int, viewer: Viewer) -> Post | None:
    """Return a post that ``viewer`` may read, with its author and its neighbours."""
    found = _post(post_id, *_id_that_counts(viewer), is_moderator=_moderates(viewer))
    return found[0] if found else None


def read_thread(post: Post, page: Page, viewer: Viewer) -> list[Comment]:
    """Return a page of what was said about ``post``, as ``viewer`` may read it."""
    return _thread(
        post.pk,
        *_id_that_counts(viewer),
        is_moderator=_moderates(viewer),
        page=page.in_short(),
    )


def read_blocks() -> list[tuple[int, int]]:
    """Return what ``PostBlock.objects.counts`` does."""
    return _blocks()


def read_posts(page: Page, blocks: Sequence[tuple[int, int]]) -> list[Post]:
    """Return a page of all public posts, as ``on_page_by_blocks`` does."""
    if page.skip < SHALLOW:
        return _newest_posts(skip=page.skip, size=page.size)
    return list(Post.objects.on_page_by_blocks(page, blocks))


def read_posts_by(author: User, page: Page) -> list[Post]:
    """Return a page of the public posts of ``author``."""
    posts = _posts_by(author.pk, page=page.in_short())
    for post in posts:
        post.author = author
    return posts


def _moderates(viewer: Viewer) -> bool:
    return viewer.has_perm("blog.moderate")


def _id_that_counts(viewer: Viewer) -> tuple[int, ...]:
    """Return whose own texts are more to ``viewer`` than those of others, if any are.

    Moderators read everything.
    """
    if viewer.pk is None or _moderates(viewer):
        return ()
    return (viewer.pk,)


def _like(viewer_id: tuple[int, ...], *, is_moderator: bool) -> Viewer:
    """Return somebody for querysets to ask, who may what that viewer may."""
    if not is_moderator and not viewer_id:
        return AnonymousUser()
    [member_id] = viewer_id or (0,)
    member = User(pk=member_id, confirmed_at=timezone.now())
    remember_role(member, roles.MODERATOR if is_moderator else roles.USER)
    return member


@prepared
def _post(post_id: int, *viewer_id: int, is_moderator: bool) -> "QuerySet[Post]":
    viewer = _like(viewer_id, is_moderator=is_moderator)
    posts = Post.objects.visible_to(viewer).with_neighbours()
    return posts.select_related("author").filter(pk=post_id)


@prepared
def _thread(
    post_id: int, *viewer_id: int, is_moderator: bool, page: Page
) -> "QuerySet[Comment]":
    viewer = _like(viewer_id, is_moderator=is_moderator)
    thread = Comment.objects.with_readable_html(viewer)
    return thread.on_page_of(Post(pk=post_id), page).only(*_COMMENT)


@prepared
def _blocks() -> "QuerySet[PostBlock, tuple[int, int]]":
    return PostBlock.objects.counted()


@prepared
def _newest_posts(*, skip: int, size: int) -> "QuerySet[Post]":
    page = Page(skip // size + 1, size, skip + size)
    return Post.objects.on_page_by_blocks(page, ())


@prepared
def _posts_by(author_id: int, *, page: Page) -> "QuerySet[Post]":
    return Post.objects.public().on_page_of(User(pk=author_id), page)
