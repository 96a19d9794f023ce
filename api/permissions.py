"""Who may come in at all. What they may do there, the apps below know."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from accounts.models.tokens import ApiToken, Scope

from .exceptions import Refused

if TYPE_CHECKING:
    # It imports the default permissions itself.
    from rest_framework.views import APIView


class ScopePermission(BasePermission):
    """Everybody reads, but for what is one's own; members write.

    A token does so within its scopes. Views say what they need: ``is_private`` for
    reading as a member alone, ``write_scope`` for writing.
    """

    def has_permission(self, request: Request, view: "APIView") -> bool:
        is_reading = request.method in SAFE_METHODS
        if not request.user.is_authenticated:
            return is_reading and not getattr(view, "is_private", False)
        scope = Scope.READ if is_reading else getattr(view, "write_scope", Scope.WRITE)
        if isinstance(request.auth, ApiToken) and not request.auth.has_scope(scope):
            raise Refused("scope", _("This token has no scope “%s”.") % scope)
        return True
