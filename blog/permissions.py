"""What somebody may write, and do with a post or a comment that they may see."""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser

from accounts.models import User

from .models import Comment, Post

Viewer = User | AnonymousUser


def can_create_post(user: Viewer) -> bool:
    return user.has_perm("blog.add_post")


def can_preview(user: Viewer) -> bool:
    """Return True for whoever may write anything."""
    return can_create_post(user) or user.has_perm("blog.add_comment")


def can_edit_post(user: Viewer, post: Post) -> bool:
    return not post.is_deleted and _owns(user, post)


def can_delete_post(user: Viewer, post: Post) -> bool:
    """Return True for a deleted post of one's own too: twice is once."""
    return _owns(user, post)


def can_close_comments(user: Viewer, post: Post) -> bool:
    return not post.is_deleted and post.author_id == user.pk


def can_comment(user: Viewer, post: Post) -> bool:
    is_open = not (post.is_closed or post.is_hidden or post.is_deleted)
    return is_open and user.has_perm("blog.add_comment")


def can_edit_comment(user: Viewer, comment: Comment) -> bool:
    [may] = can_edit_comments(user, [comment])
    return may


def can_edit_comments(user: Viewer, comments: Iterable[Comment]) -> list[bool]:
    """Return for each of ``comments`` whether ``user`` may edit it."""
    user_id, may_all = user.pk, user.has_perm("accounts.administer")
    return [
        not comment.is_deleted and (may_all or comment.author_id == user_id)
        for comment in comments
    ]


def can_delete_comment(user: Viewer, comment: Comment) -> bool:
    """Return True for a deleted comment of one's own too: twice is once."""
    return _owns(user, comment)


def _owns(user: Viewer, text: Post | Comment) -> bool:
    return text.author_id == user.pk or user.has_perm("accounts.administer")
