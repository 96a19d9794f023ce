"""Reactions to Django's and allauth's events, each handed on at once."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import (
    email_confirmed,
    password_changed,
    password_reset,
    password_set,
)
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_used
from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest

from flasky_site.lib.chores import hour_passed

from . import services, sessions
from .models import User
from .second_factor import note_shown


@receiver(post_save, sender=User)
def admit_new_member(instance: User, created: bool, **kwargs: Any) -> None:
    if created and not kwargs.get("raw"):
        services.admit_user(user=instance)


@receiver(post_delete, sender=User)
def delete_files_of_who_is_gone(instance: User, **kwargs: Any) -> None:
    services.delete_stray_files(user_id=instance.pk)


@receiver(email_confirmed)
def confirm_owner_of_address(email_address: EmailAddress, **kwargs: Any) -> None:
    services.confirm_user(user=email_address.user, email=email_address.email)


@receiver(user_logged_in)
def begin_session(request: HttpRequest, **kwargs: Any) -> None:
    sessions.begin_session(request)


@receiver([password_changed, password_set, password_reset])
def end_other_sessions(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Keep the browser in which the password was changed, if it is the member's."""
    services.end_sessions(user=user, but=request.session.session_key)


@receiver([password_changed, password_set, password_reset])
def revoke_tokens(user: User, **kwargs: Any) -> None:
    services.revoke_tokens(user=user)


@receiver(hour_passed)
def purge_tokens(**kwargs: Any) -> None:
    services.purge_tokens()


@receiver(hour_passed)
def purge_sessions(**kwargs: Any) -> None:
    services.purge_sessions()


@receiver(post_save, sender=Authenticator)
def follow_new_second_factor(
    instance: Authenticator, created: bool, **kwargs: Any
) -> None:
    if created and not kwargs.get("raw"):
        services.note_second_factors(user_id=instance.user_id)


@receiver(post_delete, sender=Authenticator)
def follow_removed_second_factor(instance: Authenticator, **kwargs: Any) -> None:
    services.note_second_factors(user_id=instance.user_id)


@receiver(authenticator_used)
def note_that_session_has_second_factor(
    request: HttpRequest, user: User, **kwargs: Any
) -> None:
    note_shown(request, user)


@receiver(hour_passed)
def purge_what_was_never_confirmed(**kwargs: Any) -> None:
    services.purge_unconfirmed_users()
    services.purge_expired_holds()


def repair_roles_after_migrating(sender: AppConfig, using: str, **kwargs: Any) -> None:
    services.repair_roles(using=using)
