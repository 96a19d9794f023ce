"""How members change."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.apps import apps
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import DEFAULT_DB_ALIAS, transaction
from django.utils import timezone

from . import roles
from .models import User

# ``last_seen_at`` moves at most this often, so that reading costs no writes.
SEEN_EVERY = timedelta(minutes=1)


@transaction.atomic
def assign_role(*, user: User, role: str) -> None:
    """Give ``user`` the one role ``role``, a key of ``roles.ROLE_PERMISSIONS``."""
    # Not ``groups.set``, which ignores the conflict when two do this at once.
    User.groups.through.objects.update_or_create(
        user=user, defaults={"group": Group.objects.get(name=role)}
    )
    is_staff = role in roles.STAFF_ROLES
    if user.is_staff != is_staff:
        user.is_staff = is_staff
        user.save(update_fields=["is_staff"])


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
def confirm_user(*, user: User, email: str) -> None:
    """Note that ``email`` has been proven to belong to ``user``.

    The address of an administrator makes its owner one here and nowhere else, since
    anybody can register with an address that is not theirs.
    """
    if user.confirmed_at is None:
        user.confirmed_at = timezone.now()
        user.save(update_fields=["confirmed_at"])
    if email.lower() in {address.lower() for address in settings.FLASKY_ADMIN}:
        assign_role(user=user, role=roles.ADMINISTRATOR)


@transaction.atomic
def propose_address(*, user: User, email: str) -> EmailAddress:
    """Note ``email`` as the member's next address in place of one proposed before.

    allauth would take the unproven address of somebody who has just registered for
    such a proposal, and leave them with none.
    """
    proposed = EmailAddress.objects.filter(user=user, verified=False)
    proposed.exclude(email=user.email.lower()).delete()
    address: EmailAddress = EmailAddress.objects.create(user=user, email=email)
    return address


def repair_roles(*, using: str = DEFAULT_DB_ALIAS) -> None:
    """Make the groups hold exactly what ``roles.ROLE_PERMISSIONS`` says."""
    everything = roles.ROLE_PERMISSIONS[roles.ADMINISTRATOR]
    labels = {name.split(".")[0] for name in everything}
    for label in labels:
        create_permissions(apps.get_app_config(label), verbosity=0, using=using)
    permissions = Permission.objects.using(using).filter(
        content_type__app_label__in=labels
    )
    found = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in permissions.select_related("content_type")
    }
    for role, names in roles.ROLE_PERMISSIONS.items():
        group, _created = Group.objects.using(using).get_or_create(name=role)
        group.permissions.set(found[name] for name in names)


def note_seen(*, user: User) -> None:
    """Move ``last_seen_at`` to now, unless that happened within the last minute."""
    now = timezone.now()
    if now - user.last_seen_at < SEEN_EVERY:
        return
    User.objects.filter(pk=user.pk, last_seen_at__lt=now - SEEN_EVERY).update(
        last_seen_at=now
    )
