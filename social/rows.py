"""What a list of people shows of each of them, at no query for each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser

from accounts.models import User

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
    return {*Follow.objects.ties(viewer, people)}
