from collections.abc import Iterable
from importlib import import_module
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.querysets import SessionManager

from .users import User


class Session(AbstractBaseSession):
    """What the site remembers of a browser: a member's, or a visitor's."""

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="sessions", null=True
    )
    last_seen_at = models.DateTimeField(_("last seen"), default=timezone.now)

    # Loaded by ``with_member``.
    role: str | None

    objects: ClassVar[SessionManager] = SessionManager()

    class Meta(AbstractBaseSession.Meta):
        abstract = False

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        store: type[SessionBase] = import_module(settings.SESSION_ENGINE).SessionStore
        return store

    def save(
        self,
        *args: Any,
        force_update: bool = False,
        update_fields: Iterable[str] | None = None,
        **kwargs: Any,
    ) -> None:
        """Leave ``last_seen_at`` alone when what the session remembers changes."""
        if force_update and update_fields is None:
            update_fields = ["session_data", "expire_date", "user"]
        super().save(
            *args, force_update=force_update, update_fields=update_fields, **kwargs
        )
