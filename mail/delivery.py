"""One attempt to hand a message to the mail server.

Delivery is at least once: whoever is killed after the server took the message and
before we noted it leaves it to be sent again. The duplicate has the same Message-ID.
"""

import logging
import re
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import get_connection
from django.db.models import F
from django.utils import timezone

from flasky_site.lib.sealing import UnsealError

from .letters import unseal_message
from .models import OutgoingMail

logger = logging.getLogger(__name__)

# How long to wait after the first, second, … attempt that failed: over two days in
# all, in which an operator notices that their mail server is down.
WAITS = [
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
    timedelta(hours=12),
    timedelta(hours=24),
]
# An attempt without an end after so long was killed. Longer than a mail server that
# answers each command just before EMAIL_TIMEOUT.
LOST_AFTER = timedelta(minutes=3)

_LINK = re.compile(r"\bhttps?://\S+")
_LONGEST_ERROR = 500


def deliver(*, mail_id: int) -> datetime | None:
    """Try once to send a message whose time has come.

    Return when to try again, or None when nothing is left to do: it is sent, given
    up, not due, somebody else's, or gone.
    """
    mail = _claim(mail_id)
    if mail is None:
        return None
    try:
        message = unseal_message(mail.sealed)
        message.connection = get_connection(settings.MAIL_BACKEND)
        message.send()
    except UnsealError:
        _give_up(mail, "It was sealed with a SECRET_KEY that is not known.")
        return None
    except (SMTPException, OSError, ValueError) as error:
        # ValueError: no mail can be made of it, or not with the settings there are.
        # The kind alone: what servers say holds addresses.
        logger.warning("Could not send mail %s: %s", mail.pk, type(error).__name__)
        return _note_error(mail, error)
    _settle(mail, state=mail.State.SENT, sent_at=timezone.now(), last_error="")
    return None


def give_up_what_is_cut_off() -> None:
    """Give up messages whose last attempt was cut off too: they may be the reason."""
    overdue = OutgoingMail.objects.overdue(timezone.now() - LOST_AFTER)
    cut_off = overdue.filter(state=OutgoingMail.State.SENDING)
    for mail in cut_off.filter(attempts__gt=len(WAITS)):
        _give_up(mail, "The worker was killed or had an error while sending it.")


def _claim(mail_id: int) -> OutgoingMail | None:
    """Take the message for this attempt, unless another one was faster."""
    now = timezone.now()
    claimed = (
        OutgoingMail.objects.ready(now)
        .filter(pk=mail_id)
        .update(
            state=OutgoingMail.State.SENDING,
            due_at=now + LOST_AFTER,
            attempts=F("attempts") + 1,
        )
    )
    return OutgoingMail.objects.get(pk=mail_id) if claimed else None


def _note_error(mail: OutgoingMail, error: Exception) -> datetime | None:
    text = f"{type(error).__name__}: {_LINK.sub('[link]', str(error))}"
    if _is_final(error) or mail.attempts > len(WAITS):
        _give_up(mail, text)
        return None
    due_at = timezone.now() + WAITS[mail.attempts - 1]
    state = mail.State.QUEUED
    _settle(mail, state=state, due_at=due_at, last_error=text[:_LONGEST_ERROR])
    return due_at


def _give_up(mail: OutgoingMail, why: str) -> None:
    logger.error("Gave up mail %s after %s attempts", mail.pk, mail.attempts)
    _settle(mail, state=mail.State.FAILED, last_error=why[:_LONGEST_ERROR])


def _settle(mail: OutgoingMail, **changes: object) -> None:
    """Write how the attempt ended, unless it had been counted as lost meanwhile."""
    OutgoingMail.objects.filter(
        pk=mail.pk, state=mail.State.SENDING, attempts=mail.attempts
    ).update(**changes)


def _is_final(error: Exception) -> bool:
    """Say whether the server refused this message for good, by RFC 5321, 4.2.1.

    Refusing our log-in or sender is the operator's to mend, so that is tried again.
    """
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _text in error.recipients.values())
    return isinstance(error, SMTPDataError) and error.smtp_code >= 500
