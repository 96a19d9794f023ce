"""What a request asks for, and the one way to answer that something is wrong."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

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
    return JsonResponse(answer, status=status)


def error_page(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    """Answer with the template of ``status``, or in JSON whoever asks for JSON."""
    if wants_json(request):
        return json_error(status)
    return render(request, f"{status.value}.html", status=status)
