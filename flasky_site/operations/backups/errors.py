"""The one way in which backing up and restoring refuse."""


class BackupError(Exception):
    """Something that an operator can put right; its text says how."""
