"""What an examination may find, and how bad it is."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum


class Level(Enum):
    """How bad it is. A problem keeps the site, or a part of it, from working."""

    GOOD = "ok"
    WARNING = "warning"
    PROBLEM = "PROBLEM"


@dataclass(frozen=True)
class Finding:
    """What was found about one subject, and what the operator can do about it."""

    level: Level
    subject: str
    text: str
    advice: str = ""
    # Puts it right, and returns a sentence about what it did.
    mend: Callable[[], str] | None = None


def good(subject: str, text: str) -> Finding:
    return Finding(Level.GOOD, subject, text)


def warning(subject: str, text: str, advice: str) -> Finding:
    return Finding(Level.WARNING, subject, text, advice)


def problem(subject: str, text: str, advice: str) -> Finding:
    return Finding(Level.PROBLEM, subject, text, advice)
