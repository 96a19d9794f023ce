"""Marks on views that the project's middleware looks for."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings

View = TypeVar("View", bound=Callable[..., Any])

_BODY_LIMIT = "body_limit"
_SHARED = "shared_parameters"


def takes_bodies_of(size: int) -> Callable[[View], View]:
    """Let this view read bodies of up to ``size`` bytes, for files that are sent."""

    def mark(view: View) -> View:
        setattr(view, _BODY_LIMIT, size)
        return view

    return mark


def body_limit_of(view: Callable[..., Any]) -> int:
    """Return how many bytes ``view`` reads at most."""
    limit: int = getattr(view, _BODY_LIMIT, settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    return limit


def kept_for_visitors(*parameters: str) -> Callable[[View], View]:
    """Send what this view answers to a visitor to others too, for a few seconds.

    ``parameters`` of the query may be given, one of them at a time, with a whole
    number; what is asked for with others is made each time. Only for views that answer
    all visitors alike: ``VisitorPagesMiddleware`` asks them without cookies.
    """

    def mark(view: View) -> View:
        setattr(view, _SHARED, parameters)
        return view

    return mark


def shared_parameters_of(view: Callable[..., Any]) -> tuple[str, ...] | None:
    """Return what ``kept_for_visitors`` was given, None for views without the mark."""
    return getattr(view, _SHARED, None)
