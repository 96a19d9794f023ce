"""A page as it is kept: which answers may be, and how one is sent."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date

from flasky_site.lib import codings
from flasky_site.lib.versions import etag_of

# What a visitor's page may differ by. Whoever gets a kept one sent no cookie of ours
# and did not come from htmx.
_MAY_VARY = {"accept-encoding", "cookie", "hx-request", "hx-history-restore-request"}
# What belongs to one answer, or is said anew of each coding.
_NOT_KEPT = {"age", "content-length", "date", "etag", "last-modified"}
_SAFETY = {"Content-Security-Policy"}
CONDITIONS = (
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_MATCH",
    "HTTP_IF_UNMODIFIED_SINCE",
)


@dataclass(frozen=True, slots=True)
class KeptPage:
    """An answer in each of its codings, with the headers of each.

    ``generation`` is that of ``PageStore`` from before it was made. ``made_at`` and
    ``modified_at`` are seconds since 1970, the latter 0 where it cannot be told.
    """

    generation: int
    made_at: float
    modified_at: int
    etag: str
    headers: Mapping[str, Mapping[str, str]]
    bodies: Mapping[str, bytes]

    def pack(self) -> tuple[Any, ...]:
        """Return it in types that every version of this code can read."""
        return tuple(getattr(self, name) for name in self.__slots__)


def is_shareable(response: HttpResponseBase) -> bool:
    """Say whether others may get this answer; what looks like one's own may not."""
    if not isinstance(response, HttpResponse) or response.status_code != 200:
        return False
    vary = {part.strip().lower() for part in response.get("Vary", "").split(",")}
    lasting = response.get("Cache-Control", "").lower()
    return not (
        response.cookies
        or "private" in lasting
        or "no-store" in lasting
        or "Content-Encoding" in response
        # A nonce is for once.
        or "'nonce-" in response.get("Content-Security-Policy", "")
        or not vary <= _MAY_VARY | {""}
    )


def make_page(
    response: HttpResponse, *, generation: int, before: KeptPage | None
) -> KeptPage:
    """Return ``response``, which ``is_shareable``, as it will be kept.

    It was modified now unless it is the same as ``before``.
    """
    content, made_at = response.content, time.time()
    bodies = {codings.IDENTITY: content}
    if codings.is_compressible(response.get("Content-Type", ""), content):
        patch_vary_headers(response, ["Accept-Encoding"])
        bodies |= {it: codings.compress(content, it) for it in codings.CODINGS}
    etag = response.get("ETag") or etag_of(content)
    modified_at = _modified_at(etag, int(made_at), before)
    common = {
        name: value for name, value in response.items() if name.lower() not in _NOT_KEPT
    }
    if modified_at:
        common["Last-Modified"] = http_date(modified_at)
    headers = {
        coding: _headers_of(common, etag, coding, len(body))
        for coding, body in bodies.items()
    }
    return KeptPage(generation, made_at, modified_at, etag, headers, bodies)


def _modified_at(etag: str, now: int, before: KeptPage | None) -> int:
    if before is None:
        return now
    if before.etag == etag:
        return before.modified_at
    # Two versions of one second could not be told apart by their date.
    return now if now > int(before.made_at) else 0


def _headers_of(
    common: Mapping[str, str], etag: str, coding: str, length: int
) -> dict[str, str]:
    headers = {**common, "ETag": codings.tag_of(etag, coding)}
    if coding != codings.IDENTITY:
        headers["Content-Encoding"] = coding
    return headers | {"Content-Length": str(length)}


def answer_with(page: KeptPage, request: HttpRequest) -> HttpResponseBase:
    """Answer with the coding that is wanted, with headers alone, or with 304."""
    asked = request.META
    coding = codings.choose(asked.get("HTTP_ACCEPT_ENCODING", ""), page.bodies)
    headers = page.headers[coding]
    body = b"" if request.method == "HEAD" else page.bodies[coding]
    response = HttpResponse(body, headers=dict(headers))
    if any(condition in asked for condition in CONDITIONS):
        return _unless_known(request, response, page)
    return response


def _unless_known(
    request: HttpRequest, response: HttpResponse, page: KeptPage
) -> HttpResponseBase:
    known = get_conditional_response(
        request,
        etag=response["ETag"],
        last_modified=page.modified_at or None,
        response=response,
    )
    if known is None or known is response:
        return response
    # All that is said of every answer.
    for name, value in response.items():
        if not name.lower().startswith("content-") or name in _SAFETY:
            known.headers.setdefault(name, value)
    return known
