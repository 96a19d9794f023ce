"""Asking for a password outside the log-in form, within the same limits."""

from copy import copy

from allauth.account.adapter import get_adapter
from allauth.core.internal.ratelimit import get_ip
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest

from .limits import seconds_to_wait
from .models import User


class TooManyAttempts(Exception):
    """``seconds`` is how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def member_with_password(
    request: HttpRequest, *, login: str, password: str
) -> User | None:
    """Return the active member with that name or address and that password.

    Wrong ones count as they do in the log-in form. Raise TooManyAttempts.
    """
    if "\0" in login:
        return None
    # No username holds an @; trying both would tell by the time it takes.
    kind = "email" if "@" in login else "username"
    credentials = {kind: login, "password": password}
    # allauth counts nothing that comes with a GET, since its log-in is a POST.
    request = copy(request)
    request.method = "POST"
    adapter = get_adapter()
    try:
        user: User | None = adapter.authenticate(request, **credentials)
    except ValidationError:
        key = adapter.key_of_attempts(request, **credentials)
        raise TooManyAttempts(seconds_to_wait(request, key=key)) from None
    return user if user and user.is_active else None


def network_of(request: HttpRequest) -> str:
    """Return what stands for the visitor's network in limits, "" when nothing does."""
    try:
        network: str = get_ip(request)
    except PermissionDenied:
        return ""
    return network
