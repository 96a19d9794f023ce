"""How members come to be."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts import roles
from accounts.models import Decision, User
from accounts.querysets import UserQuerySet

from .addresses import note_address
from .decisions import Ruling, new_decision, record_decisions
from .roles import assign_role

# Few enough that a batch ends well within the time that a query may take.
_PURGED_AT_ONCE = 1000


@transaction.atomic
def admit_user(*, user: User) -> None:
    """Give a new member the role to begin with.

    A superuser is made by the operator on the command line, who need not prove an
    address and becomes Administrator at once.
    """
    if not user.is_superuser:
        assign_role(user=user, role=roles.USER)
        return
    assign_role(user=user, role=roles.ADMINISTRATOR)
    if user.email:
        note_address(user=user, is_verified=True)
    confirm_user(user=user, email=user.email)


@transaction.atomic
def confirm_user(*, user: User, email: str) -> None:
    """Note that ``email`` has been proven to belong to ``user``.

    The address of an administrator makes its owner one here and nowhere else, since
    anybody can register with an address that is not theirs.
    """
    if user.confirmed_at is None:
        user.confirmed_at = timezone.now()
        user.save(update_fields=["confirmed_at"])
    if email.lower() in {address.lower() for address in settings.FLASKY_ADMIN}:
        _promote(user)


def _promote(user: User) -> None:
    """Make ``user`` an administrator, as the operator wants who wrote the settings."""
    role = User.objects.with_role().get(pk=user.pk).role
    if role == roles.ADMINISTRATOR:
        return
    assign_role(user=user, role=roles.ADMINISTRATOR)
    decision = new_decision(
        Ruling(actor=None, reason=""),
        kind=Decision.Kind.CHANGE_ROLE,
        member=user,
        before={"role": role},
    )
    record_decisions(decisions=[decision])


def purge_unconfirmed_users() -> int:
    """Delete accounts that nobody confirmed in time; return how many."""
    kept = timedelta(days=settings.UNCONFIRMED_ACCOUNTS_KEPT_DAYS)
    overdue = User.objects.never_confirmed(timezone.now() - kept)
    purged = 0
    while batch := _purge_some(overdue):
        purged += batch
    return purged


@transaction.atomic
def _purge_some(overdue: UserQuerySet) -> int:
    # Locked, so that nobody confirms meanwhile; who is just doing so is passed by.
    locked = overdue.select_for_update(skip_locked=True, of=("self",))
    found = list(locked.values_list("pk", flat=True)[:_PURGED_AT_ONCE])
    User.objects.filter(pk__in=found).delete()
    return len(found)
