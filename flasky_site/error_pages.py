"""The handlers that Django and allauth call; see ``urls``."""

import sys
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accounts.limits import say_wait, seconds_to_wait
from flasky_site.lib.http import error_page, json_error, typed_fields, wants_json
from flasky_site.lib.outages import is_outage

# In seconds; as long as a database takes that begins again.
_OUTAGE_LASTS = 10


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 when Django stopped reading a form that is too large."""
    if isinstance(exception, RequestDataTooBig):
        return error_page(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return error_page(request, HTTPStatus.BAD_REQUEST)


def permission_denied(
    request: HttpRequest, exception: PermissionDenied
) -> HttpResponse:
    return error_page(request, HTTPStatus.FORBIDDEN, _what_was_typed(request))


def page_not_found(request: HttpRequest, exception: Http404) -> HttpResponse:
    """404; what somebody wrote about a thing that is gone is given back."""
    return error_page(request, HTTPStatus.NOT_FOUND, _what_was_typed(request))


def _what_was_typed(request: HttpRequest) -> dict[str, Any]:
    """Return a form's words for the page, if a view has read them.

    What was sent to an address of none may be no form at all, and fail to be read.
    """
    return {"typed": typed_fields(request) if request.resolver_match else []}


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """429 with the moment to come back, and what was typed."""
    seconds = seconds_to_wait(request, key=request.POST.get("email", "").lower())
    context = {"typed": typed_fields(request), "wait": say_wait(seconds)}
    response = error_page(request, HTTPStatus.TOO_MANY_REQUESTS, context)
    response["Retry-After"] = str(seconds)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 with Retry-After when it is the database that is away.

    Without a query. Django calls this while it handles the exception.
    """
    if is_outage(sys.exc_info()[1]):
        response = _answer_without_queries(request, HTTPStatus.SERVICE_UNAVAILABLE)
        response["Retry-After"] = str(_OUTAGE_LASTS)
        return response
    return _answer_without_queries(request, HTTPStatus.INTERNAL_SERVER_ERROR)


def _answer_without_queries(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    if wants_json(request):
        response: HttpResponse = json_error(status)
    else:
        response = HttpResponse(
            render_to_string(f"{status.value}.html", {"typed": _typed(request)}),
            status=status,
        )
    response["Cache-Control"] = "no-store"
    return response


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Return a form's words, if a view has read them: those of a post, say."""
    return typed_fields(request) if hasattr(request, "_post") else []


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is missing or wrong, giving back what was typed."""
    if wants_json(request):
        return json_error(403, message=_("The CSRF token is not right."))
    context = {"typed": typed_fields(request)}
    return render(request, "403_csrf.html", context, status=403)
