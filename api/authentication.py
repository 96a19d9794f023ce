"""Who asks: by a token, by name and password, or by the session of a browser."""

import base64
import binascii

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.authentication import SessionAuthentication as DRFSession
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts import services
from accounts.backends import remember_role
from accounts.models import User
from accounts.models.tokens import ApiToken, digest_of
from accounts.passwords import TooManyAttempts, member_with_password
from flasky_site.lib.prepared import prepared

from .exceptions import Refused, TooOften

REALM = "Flasky"
CHALLENGE = f'Basic realm="{REALM}", charset="UTF-8", Bearer realm="{REALM}"'


@prepared
def _tokens(digest: str) -> "QuerySet[ApiToken]":
    return ApiToken.objects.filter(digest=digest).with_member()


class CredentialsAuthentication(BaseAuthentication):
    """``Authorization: Bearer TOKEN``, or Basic with a token or a password.

    A token comes as the name, with no password. No name and no password is nobody,
    as ``http --auth :`` means it.
    """

    def authenticate(self, request: Request) -> tuple[User, ApiToken | None] | None:
        scheme, rest = _header(request)
        if not scheme:
            return None
        if secret := token_in(request):
            return _by_token(secret)
        if scheme != "basic":
            raise AuthenticationFailed(_("Use Basic or Bearer."))
        name, password = _decode(rest)
        if not name and not password:
            return None
        return _by_password(request, name, password), None

    def authenticate_header(self, request: Request) -> str:
        return CHALLENGE


class SessionAuthentication(DRFSession):
    """The session of a browser, with a CSRF token: for the pages of the API.

    The gates of accounts.middleware have looked at it before.
    """


def token_in(request: Request) -> str:
    """Return what looks like a token among the credentials, "" for anything else."""
    scheme, rest = _header(request)
    if scheme == "bearer":
        return rest
    if scheme != "basic":
        return ""
    try:
        name, password = _decode(rest)
    except AuthenticationFailed:
        return ""
    return "" if password else name


def _header(request: Request) -> tuple[str, str]:
    """Return the scheme of ``Authorization``, in small letters, and what follows it."""
    scheme, _space, rest = request.headers.get("Authorization", "").partition(" ")
    return scheme.lower(), rest.strip()


def _decode(text: str) -> tuple[str, str]:
    try:
        content = base64.b64decode(text, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError):
        raise AuthenticationFailed(_("The credentials are malformed.")) from None
    name, colon, password = content.partition(":")
    if not colon:
        raise AuthenticationFailed(_("The credentials are malformed."))
    return name, password


def _by_token(secret: str) -> tuple[User, ApiToken]:
    token = _find_token(secret)
    if token is None or token.is_expired() or not token.user.is_active:
        raise AuthenticationFailed(_("This token is wrong, expired or revoked."))
    is_held_back = (
        settings.STAFF_SECOND_FACTOR
        and token.user.is_staff
        and not token.user.has_second_factor
    )
    _admit(token.user, is_held_back=is_held_back)
    services.note_token_used(token=token)
    return token.user, token


def _find_token(secret: str) -> ApiToken | None:
    found = _tokens(digest_of(secret))
    if not found:
        return None
    [token] = found
    remember_role(token.user, token.role)
    return token


def _by_password(request: Request, name: str, password: str) -> User:
    try:
        user = member_with_password(request._request, login=name, password=password)
    except TooManyAttempts as error:
        raise TooOften(error.seconds) from None
    if user is None:
        raise AuthenticationFailed(_("The name or the password is not right."))
    if user.has_second_factor:
        raise AuthenticationFailed(_("This account has a second step. Use a token."))
    _admit(user, is_held_back=settings.STAFF_SECOND_FACTOR and user.is_staff)
    return user


def _admit(user: User, *, is_held_back: bool) -> None:
    """Raise Refused for those whom the gates keep from the pages as well."""
    if user.is_suspended:
        raise Refused("suspended", _("Your account is suspended."))
    if not user.is_confirmed:
        raise Refused("unconfirmed", _("Confirm your e-mail address first."))
    if is_held_back:
        raise Refused("second factor", _("Show your second step first."))
