"""Errors by mail to those in FLASKY_ADMIN, one of a kind in ten minutes."""

import logging
import smtplib
import threading
import time
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage, get_connection
from django.db import DatabaseError, InterfaceError, connections
from redis.exceptions import RedisError

from .formats import current_context
from .places import innermost_place
from .scrubbing import describe, error_of, message_of, name_of

logger = logging.getLogger(__name__)

ONCE_IN_SECONDS = 600
# Mail cannot tell that it fails; and refusals are errors of those who are refused.
_NOT_MAILED = ("mail", "django.security", __name__)


class ErrorMailHandler(logging.Handler):
    """Mails what went wrong, where, and how to find it in the log; no value of anybody.

    By the outbox, in a thread with a connection of its own, so that a transaction that
    is rolled back does not take the mail along. Straight to the mail server when the
    database is what fails.
    """

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        # A storm of one kind costs this process no more than looking here.
        self._mailed_at: dict[str, float] = {}

    def emit(self, record: logging.LogRecord) -> None:
        if not settings.FLASKY_ADMIN or _is_left_out(record.name):
            return
        kind, now = kind_of(record), time.monotonic()
        if now - self._mailed_at.get(kind, -ONCE_IN_SECONDS) < ONCE_IN_SECONDS:
            return
        self._mailed_at[kind] = now
        in_background(mail_once, kind, mail_about(record))


def in_background(work: Callable[..., None], *arguments: object) -> None:
    threading.Thread(target=work, args=arguments, name="error-mail").start()


def mail_once(kind: str, mail: EmailMessage) -> None:
    """Send ``mail`` unless another process mailed this kind lately."""
    try:
        is_first = cache.add(f"error-mail:{kind}", True, ONCE_IN_SECONDS)
    except (RedisError, OSError):
        # Then each process sends its own.
        is_first = True
    if is_first:
        send(mail)


def _is_left_out(name: str) -> bool:
    return any(name == left or name.startswith(f"{left}.") for left in _NOT_MAILED)


def kind_of(record: logging.LogRecord) -> str:
    """Return a digest of what was raised and where, or of who logged which sentence."""
    error = error_of(record)
    if error is None:
        parts = [record.name, str(record.msg)]
    else:
        parts = [name_of(type(error)), innermost_place(error)]
    return sha256("\n".join(parts).encode()).hexdigest()[:32]


def mail_about(record: logging.LogRecord) -> EmailMessage:
    context = current_context(getattr(record, "request", None))
    lines = [f"{name}: {value}" for name, value in context.items()]
    lines += [f"logger: {record.name}", f"event: {message_of(record)}"]
    subject = message_of(record)
    if (error := error_of(record)) is not None:
        subject = f"{type(error).__name__} in {innermost_place(error)}"
        lines += ["", *_lines_of(describe(error))]
    lines += [
        "",
        f"Others of this kind are not mailed for {ONCE_IN_SECONDS // 60} min.",
        "The log has every one; look there for the request_id or task_id.",
    ]
    return EmailMessage(
        f"[Flasky] {subject}"[:150].replace("\n", " "),
        "\n".join(lines),
        settings.DEFAULT_FROM_EMAIL,
        settings.FLASKY_ADMIN,
    )


def _lines_of(described: dict[str, Any]) -> list[str]:
    head = [
        f"{name}: {value}" for name, value in described.items() if name != "traceback"
    ]
    return [*head, *(f"  {place}" for place in described["traceback"])]


def send(mail: EmailMessage) -> None:
    """Put ``mail`` into the outbox, or send it at once if that cannot be reached."""
    try:
        mail.send()
    except (DatabaseError, InterfaceError):
        _send_at_once(mail)
    finally:
        connections.close_all()


def _send_at_once(mail: EmailMessage) -> None:
    mail.connection = get_connection(settings.MAIL_BACKEND)
    try:
        mail.send()
    except (smtplib.SMTPException, OSError) as error:
        logger.warning("Could not mail an error: %s", type(error).__name__)
