"""What members read on the home page of those they follow, and how it is found.

Nothing is copied to followers: a timeline is put together when it is read. Neither of
the two ways to do that is good for everybody, so both are here; what each costs is in
docs/decisions/0017-timelines-read-in-two-ways.md.
"""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import (
    BigIntegerField,
    Exists,
    F,
    OrderBy,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)

from accounts.models import User
from blog.models import Post
from blog.querysets import PostQuerySet
from flasky_site.lib.cursors import Cursor, Stretch
from flasky_site.lib.prepared import prepared

from .models import Follow

Load = Callable[[PostQuerySet], PostQuerySet]

# Up to so many people followed, asking each for their newest posts is the cheaper way.
FEW = 30
# In how many ids next to the cursor the page of a member who follows many is looked
# for first: no more for each than makes that a fraction of asking them.
WINDOW = 10_000
WINDOW_PER_PERSON = 10
# The nearest of so many parts says whether to look at the rest.
WINDOW_PARTS = 20
# New posts are counted up to here, and for who follows many among so many ids.
NEWS_LIMIT = 50
NEWS_WINDOW = 2000
# Where people worth following are looked for: among the authors of the newest posts.
RECENT_POSTS = 200
SUGGESTIONS = 5


class _UnnestedIds(Subquery):
    """The ids that a subquery finds for a row, each in a row of its own.

    The ORM has no LATERAL; this is the same plan. PostgreSQL alone.
    """

    template = "unnest(ARRAY(%(subquery)s))"
    output_field = BigIntegerField()
    set_returning = True


def newest_post_id() -> int:
    """Return the id of the newest public post, 0 when there is none."""
    found = _newest_ids()
    return found[0] if found else 0


@prepared
def _newest_ids() -> "QuerySet[Post, int]":
    return Post.objects.public().newest_first().values_list("id", flat=True)[:1]


def read_timeline(
    member: User,
    cursor: Cursor,
    *,
    size: int,
    newest: int | None = None,
    load: Load = PostQuerySet.with_card,
) -> Stretch[Post]:
    """Return one page of the posts of ``member`` and of those they follow.

    ``newest`` is ``newest_post_id()``, for who knows it already, and ``load`` brings
    what is shown of a post. Costs one query, or up to four where the first way finds
    too few, however many are followed.
    """
    limit, posts = size + 1, None
    if _follows_many(member):
        posts = _look_in_window(member, cursor, limit, newest, load)
    if posts is None and cursor.is_first and not _follows_many(member):
        posts = _first_merged(member.pk, limit=limit, load=load)
    elif posts is None:
        posts = list(_merged(member, cursor, limit, load))
    return Stretch.of(cursor, posts, size)


def _merged(member: User, cursor: Cursor, limit: int, load: Load) -> "QuerySet[Post]":
    found = Post.objects.public().filter(id__in=_merged_ids(member, cursor, limit))
    return load(found).order_by(cursor.order)[:limit]


@prepared
def _first_merged(member_id: int, *, limit: int, load: Load) -> "QuerySet[Post]":
    return _merged(User(pk=member_id), Cursor(), limit, load)


def count_news(member: User, after: int, *, followed: bool) -> int:
    """Return how many posts came after the id ``after``, ``NEWS_LIMIT`` + 1 for more.

    With ``followed`` those on the timeline of ``member``, of everybody otherwise. Who
    follows many and was away for long hears of the newest alone. Costs two queries at
    most.
    """
    cursor, limit = Cursor(after=after), NEWS_LIMIT + 1
    if followed and not _follows_many(member):
        return len(_merged_ids(member, cursor, limit)[:limit])
    posts = cursor.beyond(Post.objects.public())
    if followed:
        # Few rows are looked at, so each is looked up among the followed rather than
        # all of these read.
        follow = Follow.objects.filter(follower=member, followed=OuterRef("author"))
        posts = posts.filter(id__gt=newest_post_id() - NEWS_WINDOW)
        posts = posts.filter(Exists(follow) | Q(author=member))
    return len(posts.values_list("id")[:limit])


def suggest_people(member: User) -> "QuerySet[User]":
    """Return some who wrote lately and whom ``member`` does not follow yet."""
    recent = Post.objects.public().newest_first().values("author")[:RECENT_POSTS]
    followed = Follow.objects.filter(follower=member, followed=OuterRef("pk"))
    people = User.objects.visible_to(member).filter(pk__in=recent).exclude(pk=member.pk)
    people = people.exclude(Exists(followed)).defer("password")
    return people.order_by("-follower_count", "pk")[:SUGGESTIONS]


def _follows_many(member: User) -> bool:
    return member.following_count > FEW


def _look_in_window(
    member: User, cursor: Cursor, limit: int, newest: int | None, load: Load
) -> list[Post] | None:
    """Return the page if the ids next to the cursor fill it.

    None when they do not, unless there are no others. Where the nearest of them hold
    less than their share of a page, the rest would be read in vain.
    """
    whole = min(WINDOW, WINDOW_PER_PERSON * member.following_count)
    part = whole // WINDOW_PARTS
    if newest is None and cursor.is_first:
        newest = newest_post_id()
    top = (newest or 0) + 1 if cursor.before is None else cursor.before
    posts: list[Post] = []
    for near, far in ((0, part), (part, whole)):
        if cursor.after is not None:
            bounds = cursor.after + near + 1, cursor.after + far + 1
        else:
            bounds = top - far, top - near
        missing = limit - len(posts)
        posts += _in_window(
            member.pk, *bounds, order=cursor.order, limit=missing, load=load
        )
        has_seen_all = cursor.after is None and top - far <= 1
        if len(posts) == limit or has_seen_all:
            return posts
        if len(posts) * WINDOW_PARTS < limit:
            return None
    return None


@prepared
def _in_window(
    member_id: int, *bounds: int, order: str, limit: int, load: Load
) -> "QuerySet[Post]":
    member, (first, end) = User(pk=member_id), bounds
    window = Post.objects.public().filter(id__gte=first, id__lt=end)
    # The OR keeps PostgreSQL from joining, for which it would guess the number of rows.
    on_timeline = Q(author__in=_followed_by(member)) | Q(author=member)
    return load(window.filter(on_timeline)).order_by(order)[:limit]


def _merged_ids(member: User, cursor: Cursor, limit: int) -> "QuerySet[Any, Any]":
    """Return ids of posts that ``member`` reads, the first ``limit`` among them.

    Each author's index is read from the cursor on, and no further than it takes.
    """
    posts = cursor.beyond(Post.objects.public())
    if connection.vendor == "postgresql":
        follows: QuerySet[Follow] = Follow.objects.filter(follower=member)
        if _follows_many(member):
            follows, posts = _narrow_down(follows, posts, cursor, limit)
        theirs = posts.filter(author=OuterRef("followed")).values("id")[:limit]
        ids = follows.annotate(post=_UnnestedIds(theirs)).values_list("post")
        first_ids = ids.order_by(cursor.order.replace("id", "post"))[:limit]
        own = posts.filter(author=member).values_list("id")[:limit]
        return first_ids.union(own, all=True)
    # SQLite stops reading each author's index by itself, but not with an OR.
    member_alone = User.objects.filter(pk=member.pk).values("pk")
    read = _followed_by(member).union(member_alone, all=True)
    return posts.filter(author__in=read).values_list("id")[:limit]


def _narrow_down(
    follows: "QuerySet[Follow]", posts: PostQuerySet, cursor: Cursor, limit: int
) -> "tuple[QuerySet[Follow], PostQuerySet]":
    """Limit ``follows`` to those whose first posts come first, ``posts`` to as far.

    No others can be among the first ``limit``. One entry of the index is read for each
    of many, where ``limit`` entries could lie all over the table.
    """
    is_down = cursor.after is None
    first = Subquery(posts.filter(author=OuterRef("followed")).values("id")[:1])
    order = OrderBy(F("post"), descending=is_down, nulls_last=True)
    # Not by the id of the follow, which is in no index with the two.
    found = follows.annotate(post=first).order_by(order)
    pairs = found.values_list("followed_id", "post")[:limit]
    firsts = [(person, post) for person, post in pairs if post is not None]
    if len(firsts) == limit:
        _person, last = firsts[-1]
        posts = posts.filter(id__gte=last) if is_down else posts.filter(id__lte=last)
    return follows.filter(followed__in=[person for person, _post in firsts]), posts


def _followed_by(member: User) -> "QuerySet[Any, Any]":
    return Follow.objects.filter(follower=member).values("followed")
