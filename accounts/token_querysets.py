"""Which tokens there are, and which of them still count."""

from typing import TYPE_CHECKING, Self

from django.db.models import F, QuerySet
from django.utils import timezone

if TYPE_CHECKING:
    from .models import User
    from .models.tokens import ApiToken  # noqa: F401  Named in strings below.


class ApiTokenQuerySet(QuerySet["ApiToken"]):
    def of(self, user: "User") -> Self:
        return self.filter(user=user)

    def with_member(self) -> Self:
        """Load whose each is, and put their ``role`` beside it."""
        return self.select_related("user").annotate(role=F("user__groups__name"))

    def expired(self) -> Self:
        return self.filter(expires_at__lte=timezone.now())

    def newest_first(self) -> Self:
        return self.order_by("-pk")
