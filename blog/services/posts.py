"""How posts change."""

from django.db import transaction

from accounts.models import Decision, User
from blog.models import Post
from flasky_site.lib.visitors import forget_pages

from .rows import author_kept, delete, lock_post, note_intervention, rewrite

Kind = Decision.Kind


def create_post(*, author: User, body: str) -> Post:
    """Publish ``body``, which a form or a serializer has checked.

    Raise AuthorGone.
    """
    with author_kept(author):
        return Post.objects.create(author=author, body=body)


@transaction.atomic
def edit_post(
    *, post: Post, body: str, seen: str | None = None, actor: User | None = None
) -> Post:
    """Replace the text, which a form or a serializer has checked.

    When ``actor`` is not the author, the record keeps what they had written.

    ``seen`` is the text that was changed into ``body``; without it, whatever is there
    is replaced. Raise ChangedMeanwhile when the text is another one by now, and
    PostGone.
    """
    post = lock_post(post)
    before = post.body
    if rewrite(post, body=body, seen=seen):
        note_intervention(Kind.EDIT_POST, actor, post, before={"body": before})
    return post


@transaction.atomic
def delete_post(
    *, post: Post, seen: str | None = None, actor: User | None = None
) -> None:
    """Put a post out of sight with all beneath it; ``purge_deleted`` deletes it.

    It is recorded when ``actor`` is not the author. With ``seen``, raise
    ChangedMeanwhile as ``edit_post`` does.
    """
    if delete(post, seen=seen):
        forget_pages()
        note_intervention(Kind.DELETE_POST, actor, post, before={})


def close_comments(*, post: Post) -> None:
    """Let nobody comment on the post any more. Raise PostGone."""
    _close(post=post, is_closed=True)


def open_comments(*, post: Post) -> None:
    """Let people comment on the post again. Raise PostGone."""
    _close(post=post, is_closed=False)


@transaction.atomic
def _close(*, post: Post, is_closed: bool) -> None:
    post = lock_post(post)
    if post.is_closed != is_closed:
        post.is_closed = is_closed
        post.save(update_fields=["is_closed"])
