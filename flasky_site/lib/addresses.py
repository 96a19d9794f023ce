"""Addresses: those that are asked for often, and those read elsewhere than here."""

from functools import lru_cache

from django import template
from django.http import HttpRequest
from django.urls import get_script_prefix, reverse

register = template.Library()


def path_to(view_name: str, *arguments: str | int) -> str:
    """Return what ``reverse`` does, which a list would ask for every row of it."""
    return _reverse(get_script_prefix(), view_name, *arguments)


# The addresses of some thousand members and texts, 150 bytes each.
@lru_cache(maxsize=10_000)
def _reverse(prefix: str, view_name: str, *arguments: str | int) -> str:
    return reverse(view_name, args=arguments)


@register.filter
def absolute(request: HttpRequest, path: str) -> str:
    """Return ``path`` with the scheme and host that were asked."""
    return request.build_absolute_uri(path)
