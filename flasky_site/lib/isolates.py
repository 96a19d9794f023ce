"""The template filter for a name in text that takes no ``<bdi>``: titles, messages."""

from django import template

register = template.Library()

_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"


@register.filter
def isolated(name: str) -> str:
    """Return ``name`` such that what is around it keeps its direction."""
    return f"{_FIRST_STRONG_ISOLATE}{name}{_POP_ISOLATE}"
