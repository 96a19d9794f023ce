"""What happens to every request of a signed-in member."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, get_user, logout
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from flasky_site.lib.http import json_error, wants_json
from flasky_site.lib.middleware import GetResponse

from . import sessions
from .backends import read_already
from .decorators import (
    is_reachable_suspended,
    is_reachable_unconfirmed,
    is_unattended,
)
from .models import User
from .second_factor import is_held_back

ACCOUNT_PAGES = "/auth/"
_FOR_GOOD = {HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT}


def _is_open(request: HttpRequest, view: Callable[..., Any]) -> bool:
    """Say whether a page is open to every member, as account pages and pictures are."""
    return is_reachable_unconfirmed(view) or request.path.startswith(ACCOUNT_PAGES)


class MemberMiddleware(AuthenticationMiddleware):
    """Django's, but that the member was read in the one query that read the session."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        member: Any = SimpleLazyObject(lambda: _member_of(request))
        request.user = member


def _member_of(request: HttpRequest) -> User | AnonymousUser:
    # Reads the session, and with it its member.
    is_member = SESSION_KEY in request.session
    with read_already(request.session.member if is_member else None):  # type: ignore[attr-defined]
        return get_user(request)


class ViewMiddleware:
    """Passes requests on; what it does, it does between the address and its view."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)


class ConfirmationGateMiddleware(ViewMiddleware):
    """Members who have not confirmed their address reach the account pages alone."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], *args: Any
    ) -> HttpResponse | None:
        if _is_open(request, view):
            return None
        if not request.user.is_authenticated or request.user.is_confirmed:
            return None
        if wants_json(request):
            message = _("Confirm your e-mail address first.")
            return json_error(403, error="unconfirmed", message=message)
        return redirect("account_unconfirmed")


class SuspensionMiddleware(ViewMiddleware):
    """Members who are suspended read why, and reach nothing else.

    Costs no query: the member is read in any case, and an end that has come counts.
    """

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], *args: Any
    ) -> HttpResponse | None:
        if is_reachable_unconfirmed(view) or is_reachable_suspended(view):
            return None
        if not request.user.is_authenticated or not request.user.is_suspended:
            return None
        if wants_json(request):
            message = _("Your account is suspended.")
            return json_error(403, error="suspended", message=message)
        return redirect("account_suspended")


class SessionProtectionMiddleware(ViewMiddleware):
    """Trusts a session less when it comes from another browser or network.

    With ``SESSION_PROTECTION = "basic"`` the next dangerous act asks for the password;
    with "strong" the session ends. Costs no query: what is compared is in the session.
    """

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], *args: Any
    ) -> None:
        # Pictures and the like must not depend on who asks for them.
        if not is_reachable_unconfirmed(view) and sessions.has_moved(request):
            self._distrust(request)

    def _distrust(self, request: HttpRequest) -> None:
        if settings.SESSION_PROTECTION != "strong":
            sessions.distrust(request)
            return
        logout(request)
        text = _("You were logged out because your browser or network has changed.")
        messages.warning(request, text)


class StaffSecondFactorMiddleware(ViewMiddleware):
    """Staff who have shown no second factor reach the account pages alone.

    Only where STAFF_SECOND_FACTOR says so. Costs no query.
    """

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], *args: Any
    ) -> HttpResponse | None:
        if _is_open(request, view):
            return None
        if not request.user.is_authenticated or not is_held_back(request):
            return None
        if wants_json(request):
            message = _("Show your second step first.")
            return json_error(403, error="second factor", message=message)
        if not request.user.has_second_factor:
            return redirect("mfa_index")
        goal = request.get_full_path() if request.method == "GET" else "/"
        return redirect_to_login(goal, reverse("mfa_reauthenticate"))


class PrivatePagesMiddleware:
    """Keeps the pages of members out of caches that others read from.

    Of other pages caches may have a copy and ask each time whether it still holds,
    unless a view says more: by the next time a text may be hidden, or the visitor a
    member.

    Account pages are kept nowhere: they hold addresses, keys and codes, which nobody
    should find by going back in the browser of somebody who has logged out.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(ACCOUNT_PAGES):
            add_never_cache_headers(response)
        elif _reader(request):
            patch_cache_control(response, private=True)
        elif "Cache-Control" not in response and response.status_code not in _FOR_GOOD:
            patch_cache_control(response, no_cache=True)
        return response


class LastSeenMiddleware:
    """Notes when a member was last here, after the page is made."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        reader = _reader(request)
        if reader and reader.is_confirmed and not _is_unattended(request):
            sessions.note_use(request)
        return response


def _is_unattended(request: HttpRequest) -> bool:
    """Say whether a page asked this by itself. What has no view was typed."""
    return bool(request.resolver_match and is_unattended(request.resolver_match.func))


def _reader(request: HttpRequest) -> User | None:
    """Return the member for whom the page was made, if it asked who reads it.

    Pictures, feeds and the like never ask, and asking now would make them vary by
    cookie.
    """
    if request.session.accessed and request.user.is_authenticated:
        return request.user
    return None
