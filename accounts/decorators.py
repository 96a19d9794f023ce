"""Marks on views, and what several of them begin with."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from allauth.account.decorators import reauthentication_required
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve, reverse

from flasky_site.lib.prepared import prepared

from .models import User

View = TypeVar("View", bound=Callable[..., Any])


class MemberRequest(HttpRequest):
    """The request of somebody who is signed in, as ``login_required`` lets through."""

    user: User


_MARK = "is_reachable_unconfirmed"
_SUSPENDED_MARK = "is_reachable_suspended"
_UNATTENDED = "is_unattended"


def reachable_unconfirmed(view: View) -> View:
    """Let members who have not confirmed their address open this page too."""
    setattr(view, _MARK, True)
    return view


def is_reachable_unconfirmed(view: Callable[..., Any]) -> bool:
    return getattr(view, _MARK, False)


def reachable_suspended(view: View) -> View:
    """Let members who are suspended open this page too."""
    setattr(view, _SUSPENDED_MARK, True)
    return view


def is_reachable_suspended(view: Callable[..., Any]) -> bool:
    return getattr(view, _SUSPENDED_MARK, False)


def unattended(view: View) -> View:
    """Mark what an open page asks for by itself, which tells of nobody being there."""
    setattr(view, _UNATTENDED, True)
    return view


def is_unattended(view: Callable[..., Any]) -> bool:
    return getattr(view, _UNATTENDED, False)


def want_password(request: HttpRequest) -> None:
    """Have who has not shown lately that it is them show it, and then go on.

    An open browser that somebody finds must not be enough to give power away. allauth
    keeps the request, and answers it when the password was right.
    """
    reauthentication_required(lambda _request: None, app="allauth.account")(request)


def find_person(request: HttpRequest, username: str) -> User:
    """Return who is or was called that, in any case; raise Http404 for nobody."""
    if named := _visible_named(username):
        return named[0]
    former = User.objects.visible_to(request.user).formerly_named(username).first()
    if former is None:
        raise Http404
    return former


@prepared
def _visible_named(username: str) -> "QuerySet[User]":
    # Members are visible to everybody alike.
    return User.objects.visible_to(AnonymousUser()).named(username)


def person_page(
    view: Callable[[HttpRequest, User], HttpResponse],
) -> Callable[[HttpRequest, str], HttpResponse]:
    """Hand the visible member named in the address to a page about them.

    A name in another case leads to the right one for good. A former name leads to the
    present one for now, since its owner may take it back.
    """

    @wraps(view)
    def show_person(request: HttpRequest, username: str) -> HttpResponse:
        person = find_person(request, username)
        if person.username == username:
            return view(request, person)
        goal = reverse(resolve(request.path_info).view_name, args=[person.username])
        query = request.GET.urlencode()
        is_former = person.username.upper() != username.upper()
        return redirect(f"{goal}?{query}" if query else goal, permanent=not is_former)

    return show_person
