from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.exceptions import AddressTaken
from accounts.expressions import SortKey
from accounts.fields import (
    AddressField,
    AddressHashField,
    LineField,
    ParagraphsField,
)
from accounts.querysets import UserManager, UserQuerySet
from accounts.validators import username_validators
from flasky_site.lib.addresses import path_to
from flasky_site.lib.models import CountedModel

# Enough for a few sentences; they are read by who is concerned.
REASON_MAX_LENGTH = 500


class User(CountedModel, AbstractBaseUser, PermissionsMixin):
    """A member. What they may do comes from their role, the one group they are in."""

    username = models.CharField(
        _("username"), max_length=64, validators=username_validators
    )
    email = AddressField(
        _("e-mail address"),
        unique=True,
        error_messages={"unique": AddressTaken.message},
    )
    name = LineField(_("name"), max_length=64, blank=True)
    location = LineField(_("location"), max_length=64, blank=True)
    about_me = ParagraphsField(_("about me"), max_length=2000, blank=True)
    # The digest of the picture they gave us, by which its files are named.
    avatar = models.CharField(
        max_length=32, default="", db_default="", blank=True, editable=False
    )
    gravatar_hash = AddressHashField(source="email")
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    # When an administrator took the confirmation away.
    unconfirmed_at = models.DateTimeField(
        _("confirmation taken away"), null=True, blank=True, editable=False
    )
    date_joined = models.DateTimeField(_("member since"), default=timezone.now)
    last_seen_at = models.DateTimeField(_("last seen"), default=timezone.now)
    # Since when there was always at least one. Sessions that have shown a factor note
    # this moment, so that they lose their standing when the last one goes.
    second_factor_since = models.DateTimeField(
        _("second factor since"), null=True, blank=True, editable=False
    )
    # Suspended: they read why, and nothing else. Without an end it is for good.
    suspended_at = models.DateTimeField(
        _("suspended"), null=True, blank=True, editable=False
    )
    suspended_until = models.DateTimeField(
        _("suspended until"), null=True, blank=True, editable=False
    )
    suspension_reason = ParagraphsField(
        _("reason of the suspension"),
        max_length=REASON_MAX_LENGTH,
        default="",
        db_default="",
        blank=True,
        editable=False,
    )
    is_staff = models.BooleanField(_("may enter the admin"), default=False)
    is_active = models.BooleanField(_("active"), default=True)

    # Kept by the triggers of blog and social; they count what the public sees.
    post_count = models.IntegerField(default=0, db_default=0, editable=False)
    comment_count = models.IntegerField(default=0, db_default=0, editable=False)
    follower_count = models.IntegerField(default=0, db_default=0, editable=False)
    following_count = models.IntegerField(default=0, db_default=0, editable=False)
    counters = frozenset(
        {"post_count", "comment_count", "follower_count", "following_count"}
    )

    # Loaded by ``with_role``.
    role: str

    # Loaded by ``with_sessions``.
    session_count: int

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["email"]

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        permissions = [("administer", _("Can administer members and see addresses"))]
        indexes = [
            # The few whom the hourly chore looks at.
            models.Index(
                fields=["date_joined"],
                name="member_never_confirmed",
                condition=models.Q(confirmed_at=None, unconfirmed_at=None),
            ),
            # Who is found by the beginning of a name.
            models.Index(
                SortKey("username"),
                "id",
                name="member_by_username",
                condition=UserQuerySet.public_q(),
            ),
            models.Index(
                SortKey("name"),
                "id",
                name="member_by_name",
                condition=UserQuerySet.public_q(),
            ),
            # The few in a state by which the desk lists members, newest first.
            *(
                models.Index(fields=["-id"], name=name, condition=condition)
                for name, condition in (
                    ("suspended_member", models.Q(suspended_at__isnull=False)),
                    ("unconfirmed_member", models.Q(confirmed_at=None)),
                    ("member_with_role", models.Q(is_staff=True)),
                )
            ),
        ]
        constraints = [
            # UPPER, because that is what Django's iexact asks PostgreSQL for.
            models.UniqueConstraint(
                Upper("username"),
                name="username_is_unique_in_any_case",
                violation_error_message=_("This name is taken."),
            ),
            models.CheckConstraint(
                name="suspension_that_ends_has_begun",
                condition=models.Q(suspended_until=None)
                | models.Q(suspended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.username

    def save(
        self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any
    ) -> None:
        if update_fields is not None and "email" in (names := set(update_fields)):
            update_fields = names | {"gravatar_hash"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def get_absolute_url(self) -> str:
        return path_to("social:profile", self.username)

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None

    @property
    def is_suspended(self) -> bool:
        """Say whether they are kept out now; a suspension ends by itself."""
        if self.suspended_at is None:
            return False
        return self.suspended_until is None or self.suspended_until > timezone.now()

    @property
    def has_second_factor(self) -> bool:
        return self.second_factor_since is not None

    @property
    def display_name(self) -> str:
        return self.name or self.username
