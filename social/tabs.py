"""The choice between everybody's posts and those of the people whom one follows."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "show_followed"
FOLLOWED = "1"
KEPT = timedelta(days=30)


def shows_followed(request: HttpRequest) -> bool:
    """Say whether the reader chose Followed. Strangers have no choice to make."""
    return bool(
        request.user.is_authenticated and request.COOKIES.get(COOKIE) == FOLLOWED
    )


def remember_tab(response: HttpResponse, *, followed: bool) -> None:
    response.set_cookie(
        COOKIE,
        FOLLOWED if followed else "",
        max_age=KEPT,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
