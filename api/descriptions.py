"""What a view says of each of its acts, for the document."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from rest_framework.serializers import Serializer as AnySerializer

View = TypeVar("View", bound=Callable[..., Any])
Serializer = type[AnySerializer]


@dataclass(frozen=True)
class Description:
    summary: str
    status: int
    match: bool
    query: Serializer | None = None
    body: Serializer | None = None
    answer: Serializer | None = None


def describe(
    summary: str, *, status: int = 200, match: bool = False, **serializers: Serializer
) -> Callable[[View], View]:
    """Say for the document what one act of a view does, takes and answers.

    The serializers may be ``query``, for what stands behind the ?, and ``body`` and
    ``answer``, which are the view's own unless they are named. ``match`` is for acts
    that heed ``If-Match``.
    """

    def mark(view: View) -> View:
        described = Description(summary, status, match, **serializers)
        view.described = described  # type: ignore[attr-defined]
        return view

    return mark
