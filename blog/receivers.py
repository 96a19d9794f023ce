"""Reactions to what lower layers announce, each handed on at once."""

from typing import Any

from django.dispatch import receiver

from flasky_site.lib.chores import hour_passed

from . import services


@receiver(hour_passed)
def purge_what_was_deleted(**kwargs: Any) -> None:
    services.purge_deleted()
