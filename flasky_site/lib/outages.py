"""What is out of order for now, and no fault of ours or of who asks."""

import errno

from django.db import InterfaceError, OperationalError

# https://www.postgresql.org/docs/current/errcodes-appendix.html: no connection, a
# deadlock, no room, somebody who operates or a time limit, a lock, a broken disk.
_PASSING = ("08", "40", "53", "57", "55P03", "58")
# https://www.sqlite.org/rescode.html
_SQLITE_PASSING = ("BUSY", "LOCKED", "FULL", "IOERR", "CANTOPEN")
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO})


def is_outage(error: BaseException | None) -> bool:
    """Say whether trying the same again later is the answer to ``error``.

    The database cannot be reached, or has no room, no time or no connection left; or
    the disk takes no more.
    """
    if isinstance(error, InterfaceError):
        return True
    if isinstance(error, OperationalError):
        return _is_passing(error.__cause__)
    return isinstance(error, OSError) and error.errno in _FULL


def _is_passing(cause: BaseException | None) -> bool:
    if name := getattr(cause, "sqlite_errorname", ""):
        return any(word in name for word in _SQLITE_PASSING)
    # A connection that could not be made, or broke, has no code.
    code = getattr(cause, "sqlstate", None)
    return code is None or code.startswith(_PASSING)
