"""Who is called what, and which names are kept back.

A name is taken when a member bears it or ``ReservedUsername`` keeps it. Two tables
cannot share an index, so whoever takes a name writes first and looks into the other
table afterwards, in one transaction. A registration that inserts the name while a
rename away from it is under way waits at the unique index of the members; once that
rename is committed, the look that follows sees what it reserved. Looking first would
see neither.
"""

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.exceptions import UsernameTaken
from accounts.models import ReservedUsername, User


@transaction.atomic
def rename_user(*, user: User, username: str) -> None:
    """Call ``user`` by another name and keep the former one back for them.

    Raise UsernameTaken.
    """
    former, user.username = user.username, username
    try:
        with transaction.atomic():
            user.save(update_fields=["username"])
    except IntegrityError:
        raise UsernameTaken from None
    refuse_reserved_username(user=user)
    names = ReservedUsername.objects
    # Their own again, or only written in another case.
    names.named(username).delete()
    if former.upper() != username.upper():
        names.named(former).delete()
        names.create(username=former, user=user)


def refuse_reserved_username(*, user: User) -> None:
    """Raise UsernameTaken when the name just written for ``user`` is kept back."""
    if ReservedUsername.objects.named(user.username).kept_from(user).exists():
        raise UsernameTaken


@transaction.atomic
def hold_username(*, username: str) -> None:
    """Keep a name back for as long as an account stays that is never confirmed.

    Raise UsernameTaken.
    """
    names = ReservedUsername.objects
    names.expired().named(username).delete()
    kept = timedelta(days=settings.UNCONFIRMED_ACCOUNTS_KEPT_DAYS)
    try:
        with transaction.atomic():
            names.create(username=username, held_until=timezone.now() + kept)
    except IntegrityError:
        raise UsernameTaken from None
    if User.objects.named(username).exists():
        raise UsernameTaken


def purge_expired_holds() -> int:
    """Forget names that are held no longer; return how many."""
    count, _by_model = ReservedUsername.objects.expired().delete()
    return count
