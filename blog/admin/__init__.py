"""Posts, comments and their authors on the desk."""

from .members import AuthorAdmin
from .texts import CommentAdmin, PostAdmin

__all__ = ["AuthorAdmin", "CommentAdmin", "PostAdmin"]
