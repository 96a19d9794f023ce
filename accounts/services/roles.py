"""Who has which role."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import DEFAULT_DB_ALIAS, transaction

from accounts import roles
from accounts.models import User


def assign_role(*, user: User, role: str) -> None:
    """Give ``user`` the one role ``role``, and note on it what follows from that."""
    assign_roles(users=[user], role=role)
    user.is_staff = role in roles.STAFF_ROLES
    user.is_superuser = user.is_superuser and role == roles.ADMINISTRATOR


@transaction.atomic
def assign_roles(*, users: Iterable[User], role: str) -> None:
    """Give ``users`` the one role ``role``, a key of ``roles.ROLE_PERMISSIONS``.

    Below Administrator nobody stays a superuser, who has every permission whatever
    their role.
    """
    group, ids = Group.objects.get(name=role), [user.pk for user in users]
    membership: Any = User.groups.through
    # Not ``groups.set``, which ignores the conflict when two do this at once.
    membership.objects.bulk_create(
        (membership(user_id=pk, group=group) for pk in ids),
        update_conflicts=True,
        unique_fields=["user"],
        update_fields=["group"],
    )
    changed, is_staff = User.objects.filter(pk__in=ids), role in roles.STAFF_ROLES
    changed.exclude(is_staff=is_staff).update(is_staff=is_staff)
    if role != roles.ADMINISTRATOR:
        changed.filter(is_superuser=True).update(is_superuser=False)


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
