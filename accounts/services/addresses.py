"""Which addresses belong to a member, or are about to."""

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from accounts import emails
from accounts.exceptions import AddressTaken
from accounts.models import User


def note_address(*, user: User, is_verified: bool = False) -> EmailAddress:
    """Return allauth's row for the member's own address, made when there is none."""
    address: EmailAddress
    address, _created = EmailAddress.objects.get_or_create(
        user=user,
        email=user.email.lower(),
        defaults={"primary": True, "verified": is_verified},
    )
    return address


@transaction.atomic
def mark_addresses(*, users: Iterable[User], is_verified: bool) -> None:
    """Say in allauth's rows whether the own addresses of ``users`` are proven."""
    own = {user.pk: user.email.lower() for user in users}
    found = EmailAddress.objects.filter(user__in=own)
    rows = [row for row in found if row.email == own[row.user_id]]
    ids = [row.pk for row in rows]
    EmailAddress.objects.filter(pk__in=ids).update(verified=is_verified)
    there = {row.user_id for row in rows}
    EmailAddress.objects.bulk_create(
        EmailAddress(user_id=pk, email=email, primary=True, verified=is_verified)
        for pk, email in own.items()
        if pk not in there
    )


@transaction.atomic
def propose_address(*, user: User, email: str) -> EmailAddress:
    """Note ``email`` as the member's next address in place of one proposed before.

    allauth would take the unproven address of somebody who has just registered for
    such a proposal, and leave them with none. Raise AddressTaken when it has become
    their own meanwhile.
    """
    # Two windows take turns, so that one proposal and one link stay.
    user = User.objects.select_for_update().get(pk=user.pk)
    if email == user.email.lower():
        raise AddressTaken
    proposed = EmailAddress.objects.filter(user=user, verified=False)
    # A link that went to this very address a moment ago stays good.
    proposed.exclude(email__in=[user.email.lower(), email]).delete()
    address: EmailAddress
    address, _created = EmailAddress.objects.get_or_create(user=user, email=email)
    return address


@transaction.atomic
def replace_address(*, user: User, email: str, is_confirmed: bool) -> None:
    """Make ``email`` the member's one address, proven or not, and tell the former one.

    With their other addresses die all links that went there, and what other members
    proposed. Raise AddressTaken.
    """
    former, user.email = user.email, email.lower()
    if User.objects.others_owning(user.email, but=user.pk).exists():
        raise AddressTaken
    addresses = EmailAddress.objects
    addresses.filter(Q(user=user) | Q(email=user.email)).delete()
    _note_confirmation(user, is_confirmed)
    try:
        with transaction.atomic():
            user.save(update_fields=["email", "confirmed_at", "unconfirmed_at"])
            addresses.create(
                user=user, email=user.email, primary=True, verified=is_confirmed
            )
    except IntegrityError:
        raise AddressTaken from None
    if former and former != user.email:
        emails.tell_address_replaced(member=user, former=former)


def _note_confirmation(user: User, is_confirmed: bool) -> None:
    now = timezone.now()
    if user.is_confirmed and not is_confirmed:
        user.unconfirmed_at = now
    user.confirmed_at = (user.confirmed_at or now) if is_confirmed else None
