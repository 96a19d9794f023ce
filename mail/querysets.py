"""Which messages there are."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

if TYPE_CHECKING:
    from .models import OutgoingMail  # noqa: F401  Named in a string below.


class OutgoingMailQuerySet(QuerySet["OutgoingMail"]):
    def ready(self, now: datetime) -> Self:
        """Limit to those whose next attempt may begin."""
        return self.filter(state=self.model.State.QUEUED, due_at__lte=now)

    def overdue(self, before: datetime) -> Self:
        """Limit to those that nobody came for, or whose attempt was cut off."""
        states = self.model.State
        return self.filter(state__in=[states.QUEUED, states.SENDING], due_at__lt=before)

    def failed(self) -> Self:
        """Limit to those that were given up, the newest first."""
        return self.filter(state=self.model.State.FAILED).order_by("-id")

    def settled(self, before: datetime) -> Self:
        """Limit to those that were sent or given up, and created before ``before``."""
        states = self.model.State
        return self.filter(
            state__in=[states.SENT, states.FAILED], created_at__lt=before
        )
