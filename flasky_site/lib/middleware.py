"""Middleware that belongs to no app."""

from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils.cache import patch_vary_headers

from .decorators import body_limit_of
from .errors import DomainError
from .htmx import is_htmx, refresh_page
from .http import error_page, json_error, previous_page, wants_json

GetResponse = Callable[[HttpRequest], HttpResponse]


# Past this a body is not read, and the connection just closes.
_DRAIN_AT_MOST = 32 * 1024 * 1024
_CHUNK = 64 * 1024


class BodySizeMiddleware:
    """Answers 413 to a body over DATA_UPLOAD_MAX_MEMORY_SIZE.

    Django says 400, and only when a view looks at the form. Views marked with
    ``takes_bodies_of`` read more.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = _number(request.headers.get("Content-Length", ""))
        # Most bodies are small, and nobody needs to look for their view.
        if length <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE or length <= _limit(request):
            return self.get_response(request)
        # A browser that is still sending when the connection closes shows an error
        # of its own instead of our page.
        if length <= _DRAIN_AT_MOST:
            with suppress(UnreadablePostError):
                while request.read(_CHUNK):
                    pass
        return error_page(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def _limit(request: HttpRequest) -> int:
    """Return how many bytes the view behind the address reads, 0 when there is none."""
    try:
        return body_limit_of(resolve(request.path_info).func)
    except Resolver404:
        return 0


def _number(text: str) -> int:
    """Return the number in ``text``, 0 for none; Python reads no endless digits."""
    return int(text.lstrip("0")[:12] or 0) if text.isdecimal() else 0


class FormEncodingMiddleware:
    """Answers 400 to a form whose bytes are no UTF-8 or not all there, 415 to a packed
    body.

    Django would take such bytes for Latin-1, and what is packed as it is, and gunicorn
    calls what came before a connection broke the whole: each would publish something
    else than was written.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _is_packed(request):
            return error_page(request, HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        if request.content_type == "application/x-www-form-urlencoded":
            try:
                request.body.decode()
            except (UnicodeDecodeError, UnreadablePostError):
                return error_page(request, HTTPStatus.BAD_REQUEST)
            if len(request.body) < _number(request.headers.get("Content-Length", "")):
                return error_page(request, HTTPStatus.BAD_REQUEST)
        return self.get_response(request)


def _is_packed(request: HttpRequest) -> bool:
    return request.headers.get("Content-Encoding", "").lower() not in {"", "identity"}


class DomainErrorMiddleware:
    """Say a broken rule on the page it was broken on, or with 409 to programs."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        if not isinstance(exception, DomainError):
            return None
        if wants_json(request):
            return json_error(409, message=str(exception))
        messages.error(request, str(exception))
        if is_htmx(request):
            return refresh_page()
        return redirect(previous_page(request) or "/")


class HtmxRedirectMiddleware:
    """Lets htmx open the page that a redirect leads to, whoever answered with it.

    The browser follows a redirect before htmx sees it, and htmx would then put the
    log-in or the like in place of the button that was pressed.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseRedirectBase) and is_htmx(request):
            response.status_code = HTTPStatus.NO_CONTENT
            response["HX-Redirect"] = response["Location"]
            del response["Location"]
            patch_vary_headers(response, ["HX-Request"])
        return response
