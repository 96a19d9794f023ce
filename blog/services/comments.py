"""How comments change."""

from django.db import transaction

from accounts.models import Decision, User
from blog.exceptions import CommentsClosed
from blog.models import Comment, Post
from flasky_site.lib.visitors import forget_pages

from .rows import (
    author_kept,
    delete,
    lock_comment,
    lock_post,
    note_intervention,
    rewrite,
)

Kind = Decision.Kind


def create_comment(*, author: User, post: Post, body: str) -> Comment:
    """Publish ``body``, which a form or a serializer has checked, beneath ``post``.

    Raise PostGone, CommentsClosed or AuthorGone.
    """
    with author_kept(author):
        post = lock_post(post)
        if post.is_hidden or post.is_closed:
            raise CommentsClosed
        return Comment.objects.create(author=author, post=post, body=body)


@transaction.atomic
def edit_comment(
    *, comment: Comment, body: str, seen: str | None = None, actor: User | None = None
) -> Comment:
    """Replace the text as ``edit_post`` does. Raise ChangedMeanwhile, CommentGone."""
    comment = lock_comment(comment)
    before = comment.body
    if rewrite(comment, body=body, seen=seen):
        note_intervention(Kind.EDIT_COMMENT, actor, comment, before={"body": before})
    return comment


@transaction.atomic
def delete_comment(
    *, comment: Comment, seen: str | None = None, actor: User | None = None
) -> None:
    """Take a comment out of its thread; ``purge_deleted`` deletes it.

    It is recorded when ``actor`` is not the author. With ``seen``, raise
    ChangedMeanwhile as ``edit_comment`` does.
    """
    if delete(comment, seen=seen):
        forget_pages()
        note_intervention(Kind.DELETE_COMMENT, actor, comment, before={})
