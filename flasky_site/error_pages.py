"""The handlers that Django and allauth call; see ``urls``."""

from http import HTTPStatus

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from flasky_site.lib.http import error_page, json_error, typed_fields, wants_json


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 when Django stopped reading a form that is too large."""
    if isinstance(exception, RequestDataTooBig):
        return error_page(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return error_page(request, HTTPStatus.BAD_REQUEST)


def permission_denied(
    request: HttpRequest, exception: PermissionDenied
) -> HttpResponse:
    return error_page(request, HTTPStatus.FORBIDDEN)


def page_not_found(request: HttpRequest, exception: Http404) -> HttpResponse:
    return error_page(request, HTTPStatus.NOT_FOUND)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    context = {"typed": typed_fields(request)}
    return error_page(request, HTTPStatus.TOO_MANY_REQUESTS, context)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, without a query: the database may be what is broken."""
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    if wants_json(request):
        return json_error(status)
    return HttpResponse(render_to_string("500.html"), status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is missing or wrong, giving back what was typed."""
    if wants_json(request):
        return json_error(403, message=_("The CSRF token is not right."))
    context = {"typed": typed_fields(request)}
    return render(request, "403_csrf.html", context, status=403)
