"""What a list of people shows of each of them, at no query for each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import User
from flasky_site.lib.prepared import prepared

from .models import Follow


@dataclass(frozen=True)
class PersonRow:
    """A member in a list, with the moment that the list is about."""

    person: User
    at: datetime
    is_followed: bool
    follows_back: bool


def rows_of(
    viewer: User | AnonymousUser, people: Iterable[tuple[User, datetime]]
) -> list[PersonRow]:
    """Return a row for each of ``people``; asks once, and nothing for strangers."""
    pairs = list(people)
    ties = ties_of(viewer, [person for person, _at in pairs])
    return [
        PersonRow(
            person,
            at,
            is_followed=(viewer.pk, person.pk) in ties,
            follows_back=(person.pk, viewer.pk) in ties,
        )
        for person, at in pairs
    ]


def ties_of(
    viewer: User | AnonymousUser, people: list[User]
) -> set[tuple[int | None, int | None]]:
    """Return (follower, followed) for each tie of ``viewer`` to ``people``."""
    if not isinstance(viewer, User) or not people:
        return set()
    return {*_ties(viewer.pk, *(person.pk for person in people))}


@prepared
def _ties(viewer_id: int, *ids: int) -> "QuerySet[Follow, tuple[int, int]]":
    people = [User(pk=person_id) for person_id in ids]
    return Follow.objects.ties(User(pk=viewer_id), people)
