"""What a request asks for, and the one way to answer that something is wrong."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _

API_PREFIX = "/api/"

# The words of ``error`` in JSON. Not those of HTTPStatus, which change with Python.
_ERRORS = {
    400: "bad request",
    403: "forbidden",
    404: "not found",
    409: "conflict",
    413: "too large",
    429: "too many requests",
    500: "internal server error",
}


# What a form that was not taken may hold and its owner would miss, by name: passwords
# and tokens are not among them.
_WORTH_KEEPING = {
    "body": _("Text"),
    "email": _("E-mail address"),
    "username": _("Username"),
    "login": _("E-mail address or username"),
}


def wants_json(request: HttpRequest) -> bool:
    """Return True for programs: an API address, or JSON preferred to HTML.

    HTTPie's ``application/json, */*;q=0.5`` prefers JSON; a browser, and a client
    that accepts anything, do not.
    """
    if request.path.startswith(API_PREFIX):
        return True
    return request.get_preferred_type(["text/html", "application/json"]) == (
        "application/json"
    )


def json_error(status: int, *, error: str = "", message: str = "") -> JsonResponse:
    """Return ``{"error": …, "message": …}``; ``error`` is a word for programs."""
    answer = {"error": error or _ERRORS[status]}
    if message:
        answer["message"] = message
    return JsonResponse(answer, status=status, headers={"Vary": "Accept"})


def error_page(
    request: HttpRequest, status: HTTPStatus, context: dict[str, Any] | None = None
) -> HttpResponse:
    """Answer with the template of ``status``, or in JSON whoever asks for JSON."""
    if wants_json(request):
        return json_error(status)
    response = render(request, f"{status.value}.html", context, status=status)
    patch_vary_headers(response, ["Accept"])
    return response


def typed_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Return (label, text) of what somebody typed into a form that was not taken."""
    return [
        (str(label), text)
        for name, label in _WORTH_KEEPING.items()
        if (text := request.POST.get(name))
    ]
