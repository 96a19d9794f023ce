"""The way from what members type to HTML: one for posts, one for comments.

Publishing, editing and the live preview all go through here, so that they agree.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import islice

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from accounts.models import User
from flasky_site.lib.markdown import render_markdown
from flasky_site.lib.markdown.mentions import names_in

# As many names as one query can ask for, whatever the database.
_MOST_NAMES = 10_000
_known_people: ContextVar[dict[str, str | None]] = ContextVar("known_people")


def render_post(text: str) -> str:
    """Return ``text`` as the HTML of a post, which templates may print as it is."""
    return render_markdown(text, find_people=_find_people)


def render_comment(text: str) -> str:
    """Return ``text`` as the HTML of a comment, without headings and tables."""
    return render_markdown(text, brief=True, find_people=_find_people)


@contextmanager
def people_found_at_once(texts: Iterable[str]) -> Iterator[None]:
    """Look up in one query whom ``texts`` mention, which are rendered inside."""
    names = {name for text in texts for name in names_in(text)}
    asked = frozenset(islice(names, _MOST_NAMES))
    found = _query_people(asked) if asked else {}
    token = _known_people.set({name: found.get(name) for name in asked})
    try:
        yield
    finally:
        _known_people.reset(token)


def _find_people(names: frozenset[str]) -> dict[str, str]:
    known = _known_people.get({})
    # Emphasis and escapes can make other names than can be seen without parsing.
    found = _query_people(unknown) if (unknown := names - known.keys()) else {}
    return found | {name: address for name, address in known.items() if address}


def _query_people(names: frozenset[str]) -> dict[str, str]:
    """Return the addresses of the profiles that everybody may open, by names."""
    people = User.objects.visible_to(AnonymousUser()).named_among(names)
    return {
        username.lower(): reverse("social:profile", args=[username])
        for username in people.values_list("username", flat=True)
    }
