from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .querysets import OutgoingMailQuerySet


class OutgoingMail(models.Model):
    """A message from the moment somebody caused it until a while after it was sent.

    What it says is sealed, since it may hold a link that opens an account.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Queued")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")

    subject = models.TextField(_("subject"))
    recipients = models.TextField(_("to"))
    sealed = models.TextField(editable=False)
    state = models.CharField(
        _("state"), choices=State, default=State.QUEUED, max_length=7
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.TextField(_("last error"), blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    # Queued: when the next attempt may begin. Being sent: when the attempt counts as
    # lost, because whoever made it was killed.
    due_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    objects: ClassVar[OutgoingMailQuerySet] = OutgoingMailQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["due_at"],
                name="outgoing_mail_unsent",
                condition=models.Q(state__in=["queued", "sending"]),
            ),
            models.Index(fields=["state", "-id"], name="outgoing_mail_by_state"),
        ]
        constraints = [
            models.CheckConstraint(
                name="sent_mail_has_moment",
                condition=~models.Q(state="sent", sent_at=None),
            )
        ]

    def __str__(self) -> str:
        return self.subject
