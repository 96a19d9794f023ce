"""What happens to every request of a signed-in member."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from flasky_site.lib.http import wants_json

from . import services
from .decorators import is_reachable_unconfirmed

GetResponse = Callable[[HttpRequest], HttpResponse]

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
            message = "Confirm your e-mail address first."
            return JsonResponse(
                {"error": "unconfirmed", "message": message}, status=403
            )
        return redirect("account_unconfirmed")


class LastSeenMiddleware:
    """Notes when a member was last here, after the page is made."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # Feeds, pictures and the like never ask who is reading, and looking now
        # would make them vary by cookie.
        if (
            request.session.accessed
            and request.user.is_authenticated
            and request.user.is_confirmed
        ):
            services.note_seen(user=request.user)
        return response
