"""Who asks: headers of a visitor, of members who are signed in, and of a program."""

from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from accounts import roles
from accounts.models import Session, User
from accounts.models.tokens import Scope
from accounts.services import assign_role
from accounts.services.tokens import create_token, revoke_tokens
from bench.environment import PROXY
from social.tabs import COOKIE, FOLLOWED

Headers = Mapping[str, str]
NOBODY: Headers = {}
FOLLOWED_TAB = f"{COOKIE}={FOLLOWED}"


def signed_in(member: User, *, followed: bool = False) -> Headers:
    """Return what the browser of a member sends, who chose Followed or not."""
    key = browser(member).cookies[settings.SESSION_COOKIE_NAME].value
    tab = f"; {FOLLOWED_TAB}" if followed else ""
    headers = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={key}{tab}"}
    # Where it comes from is compared with the session, and noted once.
    ask("/", headers)
    return headers


def browser(member: User) -> Client:
    """Return a browser in which ``member`` is signed in; earlier sessions end."""
    Session.objects.filter(user=member).delete()
    client = Client(headers=PROXY)
    client.force_login(member)
    return client


def moderating(member: User) -> Headers:
    assign_role(user=member, role=roles.MODERATOR)
    return signed_in(member)


def with_token(member: User) -> Headers:
    """Return what a program of ``member`` sends. Their earlier tokens end."""
    revoke_tokens(user=member)
    _token, secret = create_token(
        user=member,
        name="bench",
        scopes=[Scope.READ],
        expires_at=timezone.now() + timedelta(days=1),
    )
    return {"Authorization": f"Bearer {secret}"}


@cache
def _handler() -> WSGIHandler:
    return WSGIHandler()


def prepared(path: str, headers: Headers) -> Any:
    """Return a request, as a server has parsed it before Django begins."""
    return RequestFactory().get(path, secure=True, headers={**PROXY, **headers})


def answer(request: Any) -> HttpResponse:
    """Let a request pass through every middleware, and return the answer."""
    response = _handler().get_response(request)
    assert isinstance(response, HttpResponse), response  # noqa: S101
    return response


def ask(path: str, headers: Headers) -> HttpResponse:
    return answer(prepared(path, headers))
