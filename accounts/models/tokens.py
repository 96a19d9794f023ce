"""Tokens: what a program shows instead of its owner's password.

The secret is shown once, when it is made. Only its digest is kept: it is long and
random, so that a plain SHA-256 is as good as a slow hash and costs nothing.
"""

import hashlib
import secrets
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.fields import LineField
from accounts.token_querysets import ApiTokenQuerySet

# So that people, and those who look for secrets in public places, recognise one.
PREFIX = "flasky_"
_BYTES = 32


class Scope(models.TextChoices):
    READ = "read", _("Read what you can read")
    WRITE = "write", _("Write posts and comments, follow people, edit your profile")
    MODERATE = "moderate", _("Decide about posts and comments, as far as you may")


def new_secret() -> str:
    return PREFIX + secrets.token_urlsafe(_BYTES)


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()


class ApiToken(models.Model):
    """A program that may act for a member, within its scopes. Revoked, it is gone."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="api_tokens",
        verbose_name=_("member"),
    )
    name = LineField(_("name"), max_length=64)
    # Values of Scope with a space between them.
    scopes = models.CharField(_("scopes"), max_length=64)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires"))
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)

    # Loaded by ``with_member``.
    role: str | None

    objects: ClassVar[ApiTokenQuerySet] = ApiTokenQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        default_permissions = ()

    def __str__(self) -> str:
        return self.name

    @property
    def scope_list(self) -> list[str]:
        return self.scopes.split()

    @property
    def scope_labels(self) -> list[str]:
        return [str(Scope(scope).label) for scope in self.scope_list]

    def has_scope(self, scope: str) -> bool:
        return scope in self.scope_list

    def is_expired(self, now: datetime | None = None) -> bool:
        return self.expires_at <= (now or timezone.now())
