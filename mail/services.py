"""How messages get into the outbox, back into the queue, and out of the database."""

from datetime import timedelta

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from .delivery import LOST_AFTER, give_up_what_is_cut_off
from .letters import seal_message
from .models import OutgoingMail
from .tasks import deliver_mail

# For so long administrators see what became of a message, and can send it again.
KEPT_FOR = timedelta(days=14)


@transaction.atomic
def queue_mail(*, message: EmailMessage) -> OutgoingMail:
    """Write ``message`` down to be sent once the surrounding transaction commits."""
    mail = OutgoingMail.objects.create(
        subject=str(message.subject),
        recipients=", ".join(message.recipients()),
        sealed=seal_message(message),
    )
    deliver_mail.enqueue(mail.pk)
    return mail


@transaction.atomic
def resend_mail(*, mail: OutgoingMail) -> bool:
    """Begin anew with a message; return False for one that is just being sent."""
    states = mail.State
    is_idle = OutgoingMail.objects.filter(pk=mail.pk).exclude(state=states.SENDING)
    if not is_idle.update(state=states.QUEUED, attempts=0, due_at=timezone.now()):
        return False
    deliver_mail.enqueue(mail.pk)
    return True


def requeue_lost_mail() -> int:
    """Put back messages whose attempt was cut off or whose task went missing.

    Return how many. Those that were tried often enough are given up.
    """
    give_up_what_is_cut_off()
    now = timezone.now()
    overdue = OutgoingMail.objects.overdue(now - LOST_AFTER)
    found = list(overdue.values_list("pk", flat=True))
    for pk in found:
        with transaction.atomic():
            if overdue.filter(pk=pk).update(
                state=OutgoingMail.State.QUEUED, due_at=now
            ):
                deliver_mail.enqueue(pk)
    return len(found)


def purge_mail() -> int:
    """Delete what was sent or given up long ago; return how many."""
    settled = OutgoingMail.objects.settled(timezone.now() - KEPT_FOR)
    count, _by_model = settled.delete()
    return count
