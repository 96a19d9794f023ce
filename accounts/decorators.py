"""Marks on views."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest

from .models import User

View = TypeVar("View", bound=Callable[..., Any])


class MemberRequest(HttpRequest):
    """The request of somebody who is signed in, as ``login_required`` lets through."""

    user: User


_MARK = "is_reachable_unconfirmed"


def reachable_unconfirmed(view: View) -> View:
    """Let members who have not confirmed their address open this page too."""
    setattr(view, _MARK, True)
    return view


def is_reachable_unconfirmed(view: Callable[..., Any]) -> bool:
    return getattr(view, _MARK, False)
