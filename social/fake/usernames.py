"""Usernames for those who come to a site that may have members already."""

from collections.abc import Collection, Sequence
from random import Random

from allauth.account.models import EmailAddress

from accounts.models import ReservedUsername, User
from accounts.validators import RESERVED_USERNAMES


def address_of(username: str) -> str:
    """Return an address of a domain that reaches nobody."""
    return f"{username.lower()}@example.com"


def free_usernames(wanted: Sequence[str], random: Random) -> list[str]:
    """Return one free name for each in lower case: itself, or with a number behind."""
    given: dict[int, str] = {}
    asking = dict(enumerate(wanted))
    digits = 0
    while asking:
        taken = taken_usernames(asking.values()) | set(given.values())
        for place, name in asking.items():
            if name not in taken:
                given[place] = name
                taken.add(name)
        digits += 1
        asking = {
            place: f"{wanted[place]}{random.randrange(10**digits)}"
            for place in asking
            if place not in given
        }
    return [given[place] for place in range(len(wanted))]


def taken_usernames(names: Collection[str]) -> set[str]:
    """Return those of ``names``, in lower case, that nobody new may have."""
    addresses = {address_of(name): name for name in names}
    usernames: set[str] = {name for name in names if name in RESERVED_USERNAMES}
    for model in (User, ReservedUsername):
        found = model.objects.named_among(names).values_list("username", flat=True)
        usernames.update(username.lower() for username in found)
    for model in (User, EmailAddress):
        found = model.objects.filter(email__in=addresses).values_list(
            "email", flat=True
        )
        usernames.update(addresses[email] for email in found)
    return usernames
