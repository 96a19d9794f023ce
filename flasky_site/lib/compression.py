"""Compresses what is sent, where that gives nothing away."""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from . import codings
from .decorators import shared_parameters_of
from .middleware import GetResponse

_CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MATCH")
_TAG = re.compile(r'"[^"]*"')


class CompressionMiddleware:
    """Sends text in Brotli or gzip to whoever takes it.

    How long a compressed answer is tells whether what a stranger put into it is like
    something else in it (BREACH). For that, the stranger must have the victim's browser
    ask with what it is known by. So an answer is compressed when the request came
    without a session, or with a token that no browser sends by itself. Of what members
    are sent, only public content is, padded at random; its CSRF tokens are masked anew
    each time by Django.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        wanted = request.META.get("HTTP_ACCEPT_ENCODING", "")
        known = _take_codings_from_tags(request)
        response = self.get_response(request)
        if response.status_code == 304:
            # Of which kind the answer would be, it does not tell.
            patch_vary_headers(response, ["Accept-Encoding"])
            _give_known_tag(response, known)
            return response
        if not _is_text(response):
            return response
        is_open = _is_known_by_nothing(request, response)
        if not is_open and not _is_public_content(request, response):
            return response
        # Brotli knows no padding.
        available = codings.CODINGS if is_open else (codings.GZIP,)
        patch_vary_headers(response, ["Accept-Encoding"])
        coding = codings.choose(wanted, available)
        if coding != codings.IDENTITY:
            _compress(response, coding, is_padded=not is_open)
        return response


def _is_text(response: HttpResponseBase) -> bool:
    return (
        isinstance(response, HttpResponse)
        and "Content-Encoding" not in response
        and codings.is_compressible(response.get("Content-Type", ""), response.content)
    )


def _is_known_by_nothing(request: HttpRequest, response: HttpResponse) -> bool:
    """Say whether a browser is answered as if nobody knew whose it is."""
    lasting = response.get("Cache-Control", "")
    # No browser sends a token by itself, and what is public is nobody's secret.
    by_token = request.headers.get("Authorization", "").lower().startswith("bearer ")
    if by_token or "public" in lasting:
        return True
    return (
        "Authorization" not in request.headers
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "no-store" not in lasting
        # A session that begins, or a CSRF token.
        and not response.cookies
    )


def _is_public_content(request: HttpRequest, response: HttpResponse) -> bool:
    """Say whether a member is sent a page that visitors may read as well."""
    match = request.resolver_match
    return (
        request.method == "GET"
        and response.status_code == 200
        and match is not None
        and shared_parameters_of(match.func) is not None
        and "no-store" not in response.get("Cache-Control", "")
    )


def _compress(response: HttpResponse, coding: str, *, is_padded: bool) -> None:
    content = response.content
    if is_padded:
        response.content = codings.compress_padded(content)
    else:
        response.content = codings.compress(content, coding)
    response.headers["Content-Encoding"] = coding
    response.headers["Content-Length"] = str(len(response.content))
    if etag := response.get("ETag"):
        response.headers["ETag"] = codings.tag_of(etag, coding)


def _take_codings_from_tags(request: HttpRequest) -> dict[str, str]:
    """Ask for the answers that tags are of; return their tags with those that came."""
    known: dict[str, str] = {}
    for name in _CONDITIONS:
        came = request.META.get(name, "")
        plain = codings.plain_tags(came)
        if plain != came:
            known |= dict(zip(_TAG.findall(plain), _TAG.findall(came), strict=True))
            request.META[name] = plain
            request.__dict__.pop("headers", None)
    return known


def _give_known_tag(response: HttpResponse, known: dict[str, str]) -> None:
    etag = response.get("ETag", "")
    response.headers["ETag"] = known.get(etag, etag)
