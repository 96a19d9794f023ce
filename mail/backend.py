"""Django's way to send mail, which ends in the outbox."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from . import services


class OutboxEmailBackend(BaseEmailBackend):
    """Queues messages; MAIL_BACKEND is what sends them."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        messages = [message for message in email_messages if message.recipients()]
        for message in messages:
            services.queue_mail(message=message)
        return len(messages)
