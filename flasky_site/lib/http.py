"""Questions about a request that several rooms ask."""

from django.http import HttpRequest

API_PREFIX = "/api/"


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
