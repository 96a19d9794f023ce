"""The name of an address, which unlike its path holds no value."""

from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, ResolverMatch, resolve

STATIC = "static"
UNKNOWN = "none"

# Programs ask for these every few seconds.
PROBES = {"healthz", "readyz", "metrics"}


def route_of(request: HttpRequest) -> str:
    """Return the name of the view that ``request`` leads to, or its pattern.

    "static" stands for files, "none" for addresses of nothing.
    """
    match = request.resolver_match
    if match is not None:
        return _name(match)
    # Answered before Django looked for the view: from a cache, or with a refusal.
    return _route_at(request.path_info, getattr(request, "urlconf", None))


@lru_cache(maxsize=2048)
def _route_at(path: str, urlconf: str | None) -> str:
    try:
        return _name(resolve(path, urlconf))
    except Resolver404:
        return STATIC if path.startswith(settings.STATIC_URL) else UNKNOWN


def _name(match: ResolverMatch) -> str:
    return match.view_name if match.url_name else match.route or UNKNOWN
