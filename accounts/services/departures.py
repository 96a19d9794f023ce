"""How members leave for good: out of sight at once, and out of the database later.

In between, higher apps delete what the member left with them.
"""

from django.db import transaction

from accounts.exceptions import LastAdministrator
from accounts.models import Decision, User

from .decisions import (
    Ruling,
    new_decision,
    record_decisions,
    refuse_above,
    refuse_without,
    wait_for_turn,
)
from .sessions import end_sessions
from .tokens import revoke_tokens


@transaction.atomic
def close_account(*, actor: User | None, member: User) -> None:
    """Give ``member`` no page any more and sign them out everywhere; twice is once.

    ``actor`` None is the operator, who stands above everybody. Raise AboveYourself,
    LastAdministrator, and PermissionDenied when ``actor`` is no administrator any more.
    """
    wait_for_turn()
    refuse_without("accounts.administer", actor=actor)
    refuse_above(actor=actor, members=[User.objects.with_role().get(pk=member.pk)])
    administrators = User.objects.administrators()
    is_administrator = administrators.filter(pk=member.pk).exists()
    if is_administrator and not administrators.exclude(pk=member.pk).exists():
        raise LastAdministrator
    # Before their member, as a session that is just used locks them in this order.
    end_sessions(user=member)
    revoke_tokens(user=member)
    if User.objects.filter(pk=member.pk, is_active=True).update(is_active=False):
        decision = new_decision(
            Ruling(actor=actor, reason=""),
            kind=Decision.Kind.DELETE_MEMBER,
            member=member,
            before={"is_active": True},
        )
        record_decisions(decisions=[decision])


@transaction.atomic
def remove_account(*, member: User) -> bool:
    """Delete the row of a member whose account is closed, with their names and files.

    Return False when a text or a follow of theirs is there, which a request that was
    under way may have left until now. None arrives once the row is locked.
    """
    end_sessions(user=member)
    closed = User.objects.select_for_update().filter(pk=member.pk, is_active=False)
    locked = closed.first()
    if locked is None:
        return True
    if not User.objects.filter(pk=member.pk).who_left_nothing().exists():
        return False
    locked.delete()
    return True
