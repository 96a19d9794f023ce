"""Middleware that belongs to no app."""

from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from .errors import DomainError
from .http import error_page, json_error, wants_json

GetResponse = Callable[[HttpRequest], HttpResponse]


# Past this a body is not read, and the connection just closes.
_DRAIN_AT_MOST = 32 * 1024 * 1024
_CHUNK = 64 * 1024


class BodySizeMiddleware:
    """Answers 413 to a body over DATA_UPLOAD_MAX_MEMORY_SIZE.

    Django says 400, and only when a view looks at the form.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = _number(request.headers.get("Content-Length", ""))
        if length <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return self.get_response(request)
        # A browser that is still sending when the connection closes shows an error
        # of its own instead of our page.
        if length <= _DRAIN_AT_MOST:
            with suppress(UnreadablePostError):
                while request.read(_CHUNK):
                    pass
        return error_page(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def _number(text: str) -> int:
    """Return the number in ``text``, 0 for none; Python reads no endless digits."""
    return int(text.lstrip("0")[:12] or 0) if text.isdecimal() else 0


class FormEncodingMiddleware:
    """Answers 400 to a form whose bytes are no UTF-8.

    Django would take them for Latin-1 and publish something else than was written.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.content_type == "application/x-www-form-urlencoded":
            try:
                request.body.decode()
            except (UnicodeDecodeError, UnreadablePostError):
                return error_page(request, HTTPStatus.BAD_REQUEST)
        return self.get_response(request)


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
        previous = request.headers.get("Referer", "")
        is_ours = url_has_allowed_host_and_scheme(
            previous, {request.get_host()}, require_https=request.is_secure()
        )
        return redirect(previous if is_ours else "/")
