"""Reactions to the passing of time, each one call."""

from typing import Any

from django.dispatch import receiver

from flasky_site.lib import worker
from flasky_site.lib.chores import hour_passed, minute_passed

from . import services


@receiver(minute_passed)
def requeue_lost_tasks(**kwargs: Any) -> None:
    worker.requeue_lost_tasks()


@receiver(minute_passed)
def requeue_lost_mail(**kwargs: Any) -> None:
    services.requeue_lost_mail()


@receiver(hour_passed)
def prune_finished_tasks(**kwargs: Any) -> None:
    worker.prune_finished_tasks()


@receiver(hour_passed)
def purge_mail(**kwargs: Any) -> None:
    services.purge_mail()
