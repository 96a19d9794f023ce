"""Putting a message into its sealed envelope and taking it out again."""

import json
from email.utils import make_msgid, parseaddr

from django.core.mail import EmailMessage, EmailMultiAlternatives

from flasky_site.lib.sealing import seal, unseal

PURPOSE = "mail"


def seal_message(message: EmailMessage) -> str:
    """Return all of ``message`` as sealed text.

    Raise ValueError for attachments, which nothing here sends.
    """
    if message.attachments:
        raise ValueError("The outbox takes no attachments.")
    # One name for all attempts, by which readers' programs drop a duplicate.
    domain = parseaddr(message.from_email)[1].rpartition("@")[2]
    names = {"Message-ID": make_msgid(domain=domain or "localhost")}
    content = {
        "subject": str(message.subject),
        "body": str(message.body),
        "from_email": message.from_email,
        "to": message.to,
        "cc": message.cc,
        "bcc": message.bcc,
        "reply_to": message.reply_to,
        "headers": {**names, **message.extra_headers},
        "alternatives": [
            [str(text), mimetype]
            for text, mimetype in getattr(message, "alternatives", [])
        ],
    }
    return seal(json.dumps(content), purpose=PURPOSE)


def unseal_message(sealed: str) -> EmailMultiAlternatives:
    """Return the message that ``seal_message`` sealed. Raise UnsealError."""
    content = json.loads(unseal(sealed, purpose=PURPOSE))
    alternatives = content.pop("alternatives")
    message = EmailMultiAlternatives(**content)
    for text, mimetype in alternatives:
        message.attach_alternative(text, mimetype)
    return message
