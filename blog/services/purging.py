"""What was deleted goes for good."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from blog.models import Comment, Post
from flasky_site.lib import batches

# For so long moderators can still read what somebody deleted.
KEPT_DAYS = 30


@dataclass(frozen=True)
class Purged:
    posts: int
    comments: int


def purge_deleted(*, days: int = KEPT_DAYS) -> Purged:
    """Delete for good what was deleted more than ``days`` ago; return how much.

    Comments beneath a post go before it, whoever wrote them. Harmless when two do it
    at once: each passes by what the other has in hand.
    """
    before = timezone.now() - timedelta(days=days)
    posts = Post.objects.purgeable(before)
    comments = sum(batches.delete_in_batches(Comment.objects.purgeable(before)))
    comments += sum(batches.delete_in_batches(Comment.objects.filter(post__in=posts)))
    return Purged(posts=sum(batches.delete_in_batches(posts)), comments=comments)


def purge_texts_of(*, author: User) -> Iterator[int]:
    """Delete what ``author`` wrote, and what others said about it, in batches.

    Yield how many rows each had. The newest posts go first, so that the first pages of
    all lists are rid of them at once.
    """
    posts = Post.objects.by(author).newest_first().values_list("pk", flat=True)
    while newest := list(posts[: batches.ROWS_AT_ONCE]):
        # Found through their posts: asked for by author of the post, the database
        # would look through the comments of everybody.
        yield from batches.delete_in_batches(Comment.objects.filter(post__in=newest))
        yield _delete_uncommented(newest)
    yield from batches.delete_in_batches(Comment.objects.by(author))


@transaction.atomic
def _delete_uncommented(post_ids: list[int]) -> int:
    """Delete those beneath which nothing stands, and return how many.

    What was said a moment ago goes before its post: to wait for a comment while holding
    its post would be against the order of locks. No other arrives once they are locked.
    """
    rows = Post.objects.filter(pk__in=post_ids)
    locked = rows.select_for_update(of=("self",)).order_by("pk")
    found = list(locked.values_list("pk", flat=True))
    bare = Post.objects.filter(pk__in=found, comments=None)
    deleted, _by_model = bare.only("pk").delete()
    return deleted
