"""Around every request: its id, its line in the log, its part of the metrics."""

import logging
import re
from collections.abc import Callable
from time import perf_counter
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.module_loading import import_string

from . import metrics, views
from .current import REQUEST_ID, RequestSeen, current_request
from .formats import fields_of
from .routes import PROBES

logger = logging.getLogger("flasky.requests")

GetResponse = Callable[[HttpRequest], HttpResponseBase]

# What nginx ($request_id) and Caddy ({http.request.uuid}) make. Anything freer would
# let whoever passes the proxy write words into the log.
_WELL_FORMED = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class RequestMiddleware:
    """The outermost, so that answers of all others are seen too.

    Gives each request an id, sends it back as X-Request-ID, and notes route, method,
    status, time and queries: no path, no header, no body.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        seen = RequestSeen(_request_id(request), request)
        request.META[REQUEST_ID] = seen.id
        token = current_request.set(seen)
        try:
            response = self.get_response(request)
        finally:
            current_request.reset(token)
        response.headers["X-Request-ID"] = seen.id
        seconds = perf_counter() - seen.began
        if settings.DEBUG:
            response.headers["Server-Timing"] = _timing(seen, seconds)
        _note(seen, response.status_code, seconds)
        return response


def _request_id(request: HttpRequest) -> str:
    given = request.META.get("HTTP_X_REQUEST_ID")
    # Without a proxy in front it comes from a stranger.
    if given and settings.ALLAUTH_TRUSTED_PROXY_COUNT and _WELL_FORMED.fullmatch(given):
        return given
    return uuid4().hex


def _timing(seen: RequestSeen, seconds: float) -> str:
    return (
        f"total;dur={seconds * 1000:.1f}, "
        f'db;dur={seen.query_seconds * 1000:.1f};desc="{seen.queries} queries", '
        f"template;dur={seen.template_seconds * 1000:.1f}"
    )


def _note(seen: RequestSeen, status: int, seconds: float) -> None:
    fields = fields_of(seen, status=status, seconds=seconds)
    metrics.observe_request(
        seen,
        route=fields["route"],
        method=fields["method"],
        status=status,
        seconds=seconds,
    )
    is_dull = fields["route"] in PROBES and status < 400
    if is_dull or not logger.isEnabledFor(logging.INFO):
        return
    # A record made by hand spares the search for the line that logs, half the cost.
    logger.handle(
        logger.makeRecord(
            logger.name,
            logging.INFO,
            "",
            0,
            "%(method)s %(route)s %(status)s",
            (fields,),
            None,
            extra={"fields": fields},
        )
    )


class ProbeMiddleware:
    """Answers those who look after the site before hosts, caches and members matter.

    They come from beside the web server, by an address of this machine and without
    encryption. The views have their addresses in ``urls`` all the same.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.views = {
            "/healthz": _with_headers(views.healthz),
            "/readyz": _with_headers(views.readyz),
            "/metrics": _with_headers(views.metrics),
        }

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        view = self.views.get(request.path_info)
        return view(request) if view else self.get_response(request)


# What gives every answer its headers, for answers that never come to it.
_HEADERS = (
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
)


def _with_headers(view: GetResponse) -> GetResponse:
    handler: Any = convert_exception_to_response(view)
    for path in reversed(_HEADERS):
        handler = import_string(path)(handler)
    return handler
