"""How a member is recognised and what they may do."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import AnonymousUser

from .models import User
from .roles import ROLE_PERMISSIONS

_read: ContextVar[User | None] = ContextVar("read_with_session", default=None)


@contextmanager
def read_already(member: User | None) -> Iterator[None]:
    """Let the backend take ``member`` for who has that id, and not read them again."""
    token = _read.set(member)
    try:
        yield
    finally:
        _read.reset(token)


def remember_role(member: User, role: str | None) -> None:
    """Let ``member``, just read with their role, be asked for permissions at no query.

    What groups hold is what the table of roles says: every migration sees to that.
    """
    # These have all there are, in Django's own way.
    if not member.is_superuser:
        allowed = ROLE_PERMISSIONS[role] if role else ()
        member._group_perm_cache = {*allowed}  # type: ignore[attr-defined]


class RoleBackend(AuthenticationBackend):
    """Permissions come from the member's role alone.

    Not before confirmation, and not while they are suspended.

    Leaving out permissions of single members saves each signed-in page a query.
    """

    def get_user(self, user_id: int) -> User | None:
        member = _read.get()
        if member is not None and member.pk == user_id:
            return member if self.user_can_authenticate(member) else None
        found: User | None = super().get_user(user_id)
        return found

    def get_user_permissions(
        self, user_obj: User | AnonymousUser, obj: Any = None
    ) -> set[str]:
        return set()

    def get_group_permissions(
        self, user_obj: User | AnonymousUser, obj: Any = None
    ) -> set[str]:
        if not isinstance(user_obj, User) or not user_obj.is_confirmed:
            return set()
        if user_obj.is_suspended:
            return set()
        permissions: set[str] = super().get_group_permissions(user_obj, obj)
        return permissions

    def _authenticate_by_email(self, email: str, password: str) -> User | None:
        """Ask the owners of ``email`` alone, not those who have only proposed it."""
        for user in User.objects.owning(email):
            if self._check_password(user, password):
                return user
        return None
