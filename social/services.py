"""How members follow each other and leave. The counts are kept by triggers."""

from django.conf import settings
from django.db import transaction

from accounts.models import User
from accounts.services import close_account

from .exceptions import (
    DeletesOneself,
    FollowsOneself,
    FollowsTooMany,
    PersonGone,
    PersonSuspended,
)
from .models import Follow
from .tasks import purge_member


@transaction.atomic
def follow(*, follower: User, followed: User) -> None:
    """Let ``follower`` read ``followed`` from now on; doing it twice changes nothing.

    Raise FollowsOneself, PersonGone for either of them, PersonSuspended or
    FollowsTooMany.
    """
    if follower == followed:
        raise FollowsOneself
    if Follow.objects.between(follower, followed).exists():
        return
    # A second press at the same moment may have been quicker. On SQLite this passes by
    # the other constraint too, which is why it is checked above.
    row = Follow(follower=follower, followed=followed)
    Follow.objects.bulk_create([row], ignore_conflicts=True)
    _refuse_what_is_wrong(follower, followed)


def _refuse_what_is_wrong(follower: User, followed: User) -> None:
    """Look after the row is written, when its trigger holds both members.

    Nobody can leave then, and no other follow be counted, before this is committed. A
    look beforehand would miss what happens at the same moment, and locking the two
    for it would hold a member whom many follow for longer.
    """
    columns = ("following_count", "suspended_at", "suspended_until")
    pair = User.objects.public().only(*columns).in_bulk([follower.pk, followed.pk])
    if len(pair) < 2:
        raise PersonGone
    if pair[followed.pk].is_suspended:
        raise PersonSuspended
    if pair[follower.pk].following_count > settings.FOLLOWS_AT_MOST:
        raise FollowsTooMany


@transaction.atomic
def unfollow(*, follower: User, followed: User) -> None:
    """End it; where there is nothing to end, nothing changes."""
    Follow.objects.between(follower, followed).delete()


@transaction.atomic
def delete_member(*, actor: User | None, member: User) -> None:
    """Say good-bye to ``member``: at once on every page, then for good by the worker.

    ``actor`` None is the operator. Doing it twice brings back a worker that was lost.
    Raise DeletesOneself, or what ``close_account`` raises.
    """
    if actor == member:
        raise DeletesOneself
    close_account(actor=actor, member=member)
    purge_member.enqueue(member.pk)
