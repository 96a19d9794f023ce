"""What a request asks for, and the one way to answer that something is wrong."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

API_PREFIX = "/api/"

PROBLEM_TYPE = "application/problem+json"

# The words of ``error`` in JSON. Not those of HTTPStatus, which change with Python.
_ERRORS = {
    400: "bad request",
    401: "unauthorized",
    403: "forbidden",
    404: "not found",
    405: "method not allowed",
    406: "not acceptable",
    409: "conflict",
    412: "precondition failed",
    413: "too large",
    415: "unsupported media type",
    422: "unprocessable",
    429: "too many requests",
    500: "internal server error",
    503: "service unavailable",
}


# What ``detail`` says where nobody knows more.
_SENTENCES = {
    400: _("That did not arrive as it should."),
    403: _("You may not do that."),
    404: _("There is nothing here."),
    405: _("That cannot be done here."),
    412: _("It has changed since you read it."),
    413: _("The body is too large."),
    429: _("Too many requests."),
    500: _("Something went wrong on our side."),
}


# What a form that was not taken may hold and its owner would miss, by name: passwords
# and tokens are not among them.
_WORTH_KEEPING = {
    "body": _("Text"),
    "email": _("E-mail address"),
    "username": _("Username"),
    "login": _("E-mail address or username"),
    "name": _("Name"),
    "location": _("Location"),
    "about_me": _("About me"),
    "reason": _("Reason"),
}


def wants_json(request: HttpRequest) -> bool:
    """Return True for programs: an API address, or JSON preferred to HTML.

    HTTPie's ``application/json, */*;q=0.5`` prefers JSON; a browser, and a client
    that accepts anything, do not.
    """
    if f"{request.path}/".startswith(API_PREFIX):
        return True
    return request.get_preferred_type(["text/html", "application/json"]) == (
        "application/json"
    )


def problem(
    status: int,
    *,
    error: str = "",
    message: str = "",
    errors: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return what a program is told when something is wrong, by RFC 9457.

    ``error`` is a word that programs may rely on; ``message`` is a sentence for their
    people; ``errors`` are sentences by field.
    """
    word = error or _ERRORS[status]
    answer: dict[str, Any] = {
        "type": f"urn:flasky:{error.replace(' ', '-')}" if error else "about:blank",
        "title": word.capitalize(),
        "status": status,
        "error": word,
    }
    if sentence := message or _SENTENCES.get(status, ""):
        answer["detail"] = str(sentence)
    if errors:
        answer["errors"] = dict(errors)
    return answer


def json_error(status: int, *, error: str = "", message: str = "") -> JsonResponse:
    """Answer a program with a ``problem``."""
    return JsonResponse(
        problem(status, error=error, message=message),
        status=status,
        content_type=PROBLEM_TYPE,
        headers={"Vary": "Accept"},
    )


def error_page(
    request: HttpRequest, status: HTTPStatus, context: dict[str, Any] | None = None
) -> HttpResponse:
    """Answer with the template of ``status``, or a problem to whoever asks for JSON."""
    if wants_json(request):
        return json_error(status)
    response = render(request, f"{status.value}.html", context, status=status)
    patch_vary_headers(response, ["Accept"])
    return response


def previous_page(request: HttpRequest) -> str:
    """Return the page of this site that somebody came from, "" when it is unknown."""
    previous = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(
        previous, {request.get_host()}, require_https=request.is_secure()
    )
    return previous if is_ours else ""


def signed_out(request: HttpRequest) -> HttpResponse:
    """Answer 403 to somebody whose session ended while they wrote, keeping the text."""
    if wants_json(request):
        return json_error(403)
    context = {"typed": typed_fields(request)}
    return render(request, "signed_out.html", context, status=403)


def typed_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Return (label, text) of what somebody typed into a form that was not taken."""
    return [
        (str(label), text)
        for name, label in _WORTH_KEEPING.items()
        if (text := request.POST.get(name))
    ]
