"""The one vocabulary for pages that htmx asks for in parts.

htmx comes on top of links and forms that work without it, so that each address answers
both: whoever asks in the ordinary way gets the whole page.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def is_htmx(request: HttpRequest) -> bool:
    """Return True when htmx wants a part of a page.

    Restoring history after a cache miss needs the whole page, so it counts as an
    ordinary request.
    """
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        and headers.get("HX-History-Restore-Request") != "true"
    )


def render_part(
    request: HttpRequest,
    *,
    page: str,
    part: str,
    context: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    """Answer htmx with the template ``part``, and everybody else with ``page``."""
    template = part if is_htmx(request) else page
    response = render(request, template, context, status=status)
    patch_vary_headers(response, ["HX-Request", "HX-History-Restore-Request"])
    return response


def refresh_page() -> HttpResponse:
    """Let htmx load the page again on which somebody pressed a button."""
    return HttpResponse(status=204, headers={"HX-Refresh": "true"})
