"""How a member is recognised and what they may do."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import AnonymousUser

from .models import User


class RoleBackend(AuthenticationBackend):
    """Permissions come from the member's role alone.

    Not before confirmation, and not while they are suspended.

    Leaving out permissions of single members saves each signed-in page a query.
    """

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
