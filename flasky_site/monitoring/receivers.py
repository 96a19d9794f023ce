"""Whose task it is that runs, for the log records that come of it."""

from typing import Any

from django.dispatch import receiver
from django_tasks import TaskResult
from django_tasks.signals import task_finished, task_started

from .current import current_tasks


@receiver(task_started)
def note_task(task_result: TaskResult[Any], **kwargs: Any) -> None:
    current_tasks.set((*current_tasks.get(), str(task_result.id)))


@receiver(task_finished)
def forget_task(task_result: TaskResult[Any], **kwargs: Any) -> None:
    """Forget it; django_tasks, whose receivers are older, has said how it ended."""
    current_tasks.set(current_tasks.get()[:-1])
