"""How posts and comments change.

Keyword-only, transactional, and the same for every way in. Who may do it is decided
before, by ``blog.permissions``.
"""

from .comments import create_comment, delete_comment, edit_comment
from .moderation import (
    disable_comments,
    enable_comments,
    hide_posts,
    restore_posts,
)
from .posts import close_comments, create_post, delete_post, edit_post, open_comments
from .purging import KEPT_DAYS, Purged, purge_deleted, purge_texts_of
from .suspending import suspend_authors
from .undoing import UNDOABLE, undo_decisions

__all__ = [
    "KEPT_DAYS",
    "UNDOABLE",
    "Purged",
    "close_comments",
    "create_comment",
    "create_post",
    "delete_comment",
    "delete_post",
    "disable_comments",
    "edit_comment",
    "edit_post",
    "enable_comments",
    "hide_posts",
    "open_comments",
    "purge_deleted",
    "purge_texts_of",
    "restore_posts",
    "suspend_authors",
    "undo_decisions",
]
