import factory
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from mail.letters import seal_message
from mail.models import OutgoingMail

LINK = "https://flasky.example.com/auth/reset/1-secret/"


def message(**changes):
    """A message with a link in both its parts."""
    fields = {
        "subject": "[Flasky] A new password",
        "body": f"Open {LINK}",
        "from_email": "Flasky <flasky@example.com>",
        "to": ["alice@example.com"],
    }
    made = EmailMultiAlternatives(**{**fields, **changes})
    made.attach_alternative(f'<a href="{LINK}">Open</a>', "text/html")
    return made


class OutgoingMailFactory(factory.django.DjangoModelFactory):
    """A queued message. ``sent=True`` and ``failed=True`` are settled ones."""

    class Meta:
        model = OutgoingMail

    class Params:
        sent = factory.Trait(
            state=OutgoingMail.State.SENT, sent_at=factory.LazyFunction(timezone.now)
        )
        failed = factory.Trait(state=OutgoingMail.State.FAILED, last_error="It failed.")
        sending = factory.Trait(state=OutgoingMail.State.SENDING, attempts=1)

    subject = "[Flasky] A new password"
    recipients = "alice@example.com"
    sealed = factory.LazyFunction(lambda: seal_message(message()))
