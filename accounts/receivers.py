"""Reactions to Django's and allauth's events, each one call of a service."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.apps import AppConfig
from django.db.models.signals import post_save
from django.dispatch import receiver

from . import services
from .models import User


@receiver(post_save, sender=User)
def admit_new_member(instance: User, created: bool, **kwargs: Any) -> None:
    if created and not kwargs.get("raw"):
        services.admit_user(user=instance)


@receiver(email_confirmed)
def confirm_owner_of_address(email_address: EmailAddress, **kwargs: Any) -> None:
    services.confirm_user(user=email_address.user, email=email_address.email)


def repair_roles_after_migrating(sender: AppConfig, using: str, **kwargs: Any) -> None:
    services.repair_roles(using=using)
