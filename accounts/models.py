from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from flasky_site.lib.models import CountedModel

from .fields import AddressField
from .querysets import UserManager
from .validators import username_validators


class User(CountedModel, AbstractBaseUser, PermissionsMixin):
    """A member. What they may do comes from their role, the one group they are in."""

    username = models.CharField(
        _("username"), max_length=64, validators=username_validators
    )
    email = AddressField(
        _("e-mail address"),
        unique=True,
        error_messages={"unique": _("This address is taken.")},
    )
    name = models.CharField(_("name"), max_length=64, blank=True)
    location = models.CharField(_("location"), max_length=64, blank=True)
    about_me = models.TextField(_("about me"), max_length=2000, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    date_joined = models.DateTimeField(_("member since"), default=timezone.now)
    last_seen_at = models.DateTimeField(_("last seen"), default=timezone.now)
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

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["email"]

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        permissions = [("administer", _("Can administer members and see addresses"))]
        constraints = [
            # UPPER, because that is what Django's iexact asks PostgreSQL for.
            models.UniqueConstraint(
                Upper("username"),
                name="username_is_unique_in_any_case",
                violation_error_message=_("This name is taken."),
            ),
        ]

    def __str__(self) -> str:
        return self.username

    def get_absolute_url(self) -> str:
        return reverse("social:profile", args=[self.username])

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None

    @property
    def display_name(self) -> str:
        return self.name or self.username
