"""What templates ask about members."""

from urllib.parse import urlencode

from django import template
from django.template.context import Context

from accounts.models import User
from social.permissions import can_follow
from social.rows import PersonRow, rows_of

register = template.Library()

_MAP = "https://www.openstreetmap.org/search"


@register.filter
def map_search(location: str) -> str:
    """Return the address of a map on which ``location`` may be found.

    A link alone: nobody's browser asks there before it is followed.
    """
    return f"{_MAP}?{urlencode({'query': location})}"


@register.simple_tag(takes_context=True)
def row_to_follow(context: Context, person: User) -> PersonRow | None:
    """Return what is between the reader and ``person``, None where there is no button.

    It asks the database, so it is for one member and never for each of a list.
    """
    user = context["user"]
    if not can_follow(user) or user == person:
        return None
    [row] = rows_of(user, [(person, person.date_joined)])
    return row
