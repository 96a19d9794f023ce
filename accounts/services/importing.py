"""Members who come in bulk, with a past."""

from collections.abc import Sequence

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import transaction

from accounts import roles
from accounts.models import User


@transaction.atomic
def import_users(*, users: Sequence[User], role: str) -> None:
    """Create members with the one role ``role``, whose addresses count as proven.

    Nobody is mailed, and ``FLASKY_ADMIN`` makes nobody an administrator here.
    """
    for user in users:
        user.is_staff = role in roles.STAFF_ROLES
    User.objects.bulk_create(users)
    group = Group.objects.get(name=role)
    membership = User.groups.through
    membership.objects.bulk_create(
        [membership(user=user, group=group) for user in users]
    )
    EmailAddress.objects.bulk_create(
        [
            EmailAddress(
                user=user, email=user.email.lower(), primary=True, verified=True
            )
            for user in users
        ]
    )
