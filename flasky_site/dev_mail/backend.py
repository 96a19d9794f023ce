"""Mail in development: shown in the terminal and kept for the page /dev/mail/."""

import email
import email.policy
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage as ParsedMessage
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone


class DevEmailBackend(BaseEmailBackend):
    """Prints each message as a person reads it and keeps it in EMAIL_FILE_PATH.

    Django's console backend prints the encoded form, in which long links are broken.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{timezone.now():%Y%m%d-%H%M%S-%f}-{uuid4().hex[:8]}"
            (folder / f"{name}.eml").write_bytes(message.message().as_bytes())
            print(_as_read(message), flush=True)
        return len(email_messages)


def _as_read(message: EmailMessage) -> str:
    line = "─" * 72
    head = f"Mail to {', '.join(message.to)}\nSubject: {message.subject}"
    return f"\n{line}\n{head}\n\n{message.body}\n{line}\n"


@dataclass(frozen=True)
class KeptMail:
    """A message read back from the folder."""

    name: str
    subject: str
    recipients: str
    sent_at: datetime
    text: str
    html: str


def kept_mails(limit: int = 50) -> list[KeptMail]:
    """Return the newest messages, newest first."""
    paths = sorted(Path(settings.EMAIL_FILE_PATH).glob("*.eml"), reverse=True)
    return [_read(path) for path in paths[:limit]]


def _read(path: Path) -> KeptMail:
    message: ParsedMessage = email.message_from_bytes(
        path.read_bytes(), policy=email.policy.default
    )
    return KeptMail(
        name=path.stem,
        subject=str(message["Subject"]),
        recipients=str(message["To"]),
        sent_at=datetime.fromtimestamp(path.stat().st_mtime, tz=UTC),
        text=_part(message, "plain"),
        html=_part(message, "html"),
    )


def _part(message: ParsedMessage, kind: str) -> str:
    body = message.get_body(preferencelist=(kind,))
    return body.get_content() if body else ""
