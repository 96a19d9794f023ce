"""Following and unfollowing."""

from collections.abc import Callable
from functools import wraps
from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.decorators import MemberRequest, find_person
from accounts.models import User
from flasky_site.lib.htmx import is_htmx
from flasky_site.lib.http import previous_page, signed_out
from flasky_site.lib.isolates import isolated
from social import services
from social.permissions import can_follow


def for_followers(
    view: Callable[[MemberRequest, User], HttpResponse],
) -> Callable[[HttpRequest, str], HttpResponse]:
    """Hand the member named in the address, also by a former name, to an action.

    Only who may follow people gets there.
    """

    @wraps(view)
    def act(request: HttpRequest, username: str) -> HttpResponse:
        if not request.user.is_authenticated:
            return signed_out(request)
        if not can_follow(request.user):
            raise PermissionDenied
        return view(cast(MemberRequest, request), find_person(request, username))

    return act


@require_POST
@for_followers
def follow(request: MemberRequest, person: User) -> HttpResponse:
    services.follow(follower=request.user, followed=person)
    said = _("You follow %(name)s now.")
    return _answer(request, person, is_followed=True, said=said)


@require_POST
@for_followers
def unfollow(request: MemberRequest, person: User) -> HttpResponse:
    services.unfollow(follower=request.user, followed=person)
    said = _("You do not follow %(name)s any more.")
    return _answer(request, person, is_followed=False, said=said)


def _answer(
    request: MemberRequest, person: User, *, is_followed: bool, said: str
) -> HttpResponse:
    """Give htmx the button's new face, and lead everybody else back to the button."""
    if not is_htmx(request):
        messages.success(request, said % {"name": isolated(person.display_name)})
        page, _hash, _fragment = previous_page(request).partition("#")
        return redirect(f"{page or person.get_absolute_url()}#follow-{person.pk}")
    is_counted = "counted" in request.POST
    if is_counted:
        person.refresh_from_db(fields=["follower_count"])
    context = {
        "person": person,
        "is_followed": is_followed,
        "is_counted": is_counted,
        "is_answer": True,
    }
    return render(request, "social/_follow_button.html", context)
