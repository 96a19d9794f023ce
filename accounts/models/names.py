from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from accounts.querysets import ReservedUsernameQuerySet


class ReservedUsername(models.Model):
    """A name that nobody may take: a member's former one, or one held for a while."""

    username = models.CharField(_("username"), max_length=64)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="former_usernames",
        null=True,
        blank=True,
        verbose_name=_("member"),
    )
    held_until = models.DateTimeField(_("held until"), null=True, blank=True)

    objects: ClassVar[ReservedUsernameQuerySet] = ReservedUsernameQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("reserved username")
        verbose_name_plural = _("reserved usernames")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                Upper("username"), name="reserved_username_is_unique_in_any_case"
            ),
            models.CheckConstraint(
                name="username_is_reserved_for_somebody_or_for_a_while",
                condition=models.Q(user__isnull=False, held_until=None)
                | models.Q(user=None, held_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.username
