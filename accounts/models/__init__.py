"""Who there is, what the site remembers of them, and what was decided about them."""

from .decisions import Decision
from .names import ReservedUsername
from .sessions import Session
from .tokens import ApiToken, Scope
from .users import REASON_MAX_LENGTH, User

__all__ = [
    "REASON_MAX_LENGTH",
    "ApiToken",
    "Decision",
    "ReservedUsername",
    "Scope",
    "Session",
    "User",
]
