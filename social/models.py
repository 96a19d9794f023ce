from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .querysets import FollowQuerySet


class Follow(models.Model):
    """One member reads another. Nobody has a row to themselves."""

    follower = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="following",
        db_index=False,
        verbose_name=_("follower"),
    )
    followed = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="followers",
        db_index=False,
        verbose_name=_("followed"),
    )
    created_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    objects: ClassVar[FollowQuerySet] = FollowQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        # For the lists of who follows, and of whom, newest first.
        indexes = [
            models.Index(fields=["followed", "id"], name="follow_by_followed"),
            models.Index(fields=["follower", "id"], name="follow_by_follower"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["follower", "followed"], name="follow_is_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(follower=models.F("followed")),
                name="follow_is_of_somebody_else",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.follower_id} follows {self.followed_id}"
