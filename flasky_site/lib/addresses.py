"""Addresses: those that are asked for often, and those read elsewhere than here."""

from functools import lru_cache
from urllib.parse import urljoin

from django import template
from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils.encoding import iri_to_uri

register = template.Library()


def path_to(view_name: str, *arguments: str | int) -> str:
    """Return what ``reverse`` does, which a list would ask for every row of it."""
    return _reverse(get_script_prefix(), view_name, *arguments)


# The addresses of some thousand members and texts, 150 bytes each.
@lru_cache(maxsize=10_000)
def _reverse(prefix: str, view_name: str, *arguments: str | int) -> str:
    return reverse(view_name, args=arguments)


@register.filter
def origin(request: HttpRequest) -> str:
    """Return the scheme and host that were asked."""
    return f"{request.scheme}://{request.get_host()}"


@register.filter
def absolute(origin: str, path: str) -> str:
    """Return the whole address of ``path``, which may be one already."""
    return iri_to_uri(urljoin(origin, path))
