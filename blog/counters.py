"""What the triggers of this app count, to be counted again by the operator."""

from django.db.models import F, Max

from accounts.models import User
from flasky_site.lib.counters import Counter, tally

from .models import Comment, Post, PostBlock
from .querysets import BLOCK_SIZE


def _posts_in(blocks: list[int]) -> dict[int, int]:
    """Count the public posts of ``blocks``, which follow each other."""
    posts = Post.objects.public().filter(
        pk__gte=min(blocks) * BLOCK_SIZE, pk__lt=(max(blocks) + 1) * BLOCK_SIZE
    )
    return tally(posts.annotate(block=F("pk") / BLOCK_SIZE), "block")


COUNTERS = [
    Counter(
        User,
        "post_count",
        lambda keys: tally(Post.objects.public().filter(author__in=keys), "author"),
    ),
    Counter(
        User,
        "comment_count",
        lambda keys: tally(Comment.objects.public().filter(author__in=keys), "author"),
    ),
    Counter(
        Post,
        "comment_count",
        lambda keys: tally(
            Comment.objects.filter(post__in=keys, is_disabled=False, deleted_at=None),
            "post",
        ),
    ),
    Counter(
        Post,
        "thread_length",
        lambda keys: tally(
            Comment.objects.filter(post__in=keys, deleted_at=None), "post"
        ),
    ),
    Counter(PostBlock, "post_count", _posts_in),
]


def missing_blocks() -> list[int]:
    """Return the blocks that public posts are in and that have no row."""
    newest = Post.objects.aggregate(newest=Max("pk"))["newest"]
    if newest is None:
        return []
    known = {*PostBlock.objects.values_list("block", flat=True)}
    unknown = sorted({*range(newest // BLOCK_SIZE + 1)} - known)
    return [block for block in unknown if _posts_in([block])]


def add_blocks(blocks: list[int]) -> None:
    """Add rows for ``blocks``, with nothing counted yet."""
    PostBlock.objects.bulk_create(
        [PostBlock(block=block) for block in blocks], ignore_conflicts=True
    )
