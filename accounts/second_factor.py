"""Whether somebody has shown a second factor in this session."""

from django.conf import settings
from django.http import HttpRequest

from .models import User

# Not among allauth's own records of a session, which are cleared when it may have been
# stolen: that asks for the password again, and not for the telephone.
_KEY = "second_factor"


def note_shown(request: HttpRequest, user: User) -> None:
    """Remember in the session that ``user`` has just shown a second factor.

    They may not be signed in yet: the factor comes before that.
    """
    user.refresh_from_db(fields=["second_factor_since"])
    request.session[_KEY] = _mark(user)


def has_second_factor(request: HttpRequest) -> bool:
    """Say whether the one who is signed in has shown a factor that still counts."""
    user = request.user
    if not user.is_authenticated or not user.has_second_factor:
        return False
    return bool(request.session.get(_KEY) == _mark(user))


def is_held_back(request: HttpRequest) -> bool:
    """Say whether the rule for staff keeps this session to the account pages."""
    return (
        settings.STAFF_SECOND_FACTOR
        and request.user.is_staff
        and not has_second_factor(request)
    )


def _mark(user: User) -> str:
    """Return what no other member has, and not this one once the last factor goes."""
    return f"{user.pk} {user.second_factor_since}"
