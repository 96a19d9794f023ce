"""One file with all that a site is: its database, its pictures, and what made it."""

from .backing_up import back_up
from .errors import BackupError
from .restoring import restore
from .verifying import verify

__all__ = ["BackupError", "back_up", "restore", "verify"]
