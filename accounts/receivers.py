"""Reactions to Django's and allauth's events, each one call of a service."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.apps import AppConfig, apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db.models.signals import post_save
from django.dispatch import receiver

from . import roles, services
from .models import User


@receiver(post_save, sender=User)
def admit_new_member(instance: User, created: bool, **kwargs: Any) -> None:
    if created and not kwargs.get("raw"):
        services.admit_user(user=instance)


@receiver(email_confirmed)
def confirm_owner_of_address(email_address: EmailAddress, **kwargs: Any) -> None:
    services.confirm_user(user=email_address.user, email=email_address.email)


def repair_roles(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Make the groups hold exactly what ``roles.ROLE_PERMISSIONS`` says."""
    labels = {
        name.split(".")[0] for name in roles.ROLE_PERMISSIONS[roles.ADMINISTRATOR]
    }
    for label in labels:
        create_permissions(apps.get_app_config(label), verbosity=0, using=using)
    found = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.using(using)
        .filter(content_type__app_label__in=labels)
        .select_related("content_type")
    }
    for role, names in roles.ROLE_PERMISSIONS.items():
        group, _ = Group.objects.using(using).get_or_create(name=role)
        group.permissions.set(found[name] for name in names)
