"""What happens to every request of a signed-in member."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from flasky_site.lib.http import json_error, wants_json
from flasky_site.lib.middleware import GetResponse

from . import services
from .decorators import is_reachable_unconfirmed
from .models import User

ACCOUNT_PAGES = "/auth/"


class ConfirmationGateMiddleware:
    """Members who have not confirmed their address reach the account pages alone."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], *args: Any
    ) -> HttpResponse | None:
        if is_reachable_unconfirmed(view) or request.path.startswith(ACCOUNT_PAGES):
            return None
        if not request.user.is_authenticated or request.user.is_confirmed:
            return None
        if wants_json(request):
            message = _("Confirm your e-mail address first.")
            return json_error(403, error="unconfirmed", message=message)
        return redirect("account_unconfirmed")


class PrivatePagesMiddleware:
    """Keeps the pages of members out of caches that others read from."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if _reader(request):
            patch_cache_control(response, private=True)
        return response


class LastSeenMiddleware:
    """Notes when a member was last here, after the page is made."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        reader = _reader(request)
        if reader and reader.is_confirmed:
            services.note_seen(user=reader)
        return response


def _reader(request: HttpRequest) -> User | None:
    """Return the member for whom the page was made, if it asked who reads it.

    Pictures, feeds and the like never ask, and asking now would make them vary by
    cookie.
    """
    if request.session.accessed and request.user.is_authenticated:
        return request.user
    return None
