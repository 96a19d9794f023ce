"""Pages that visitors share: made once, and sent to all of them for a few seconds."""

from .forgetting import forget_pages

__all__ = ["forget_pages"]
