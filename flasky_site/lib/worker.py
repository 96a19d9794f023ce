"""The process that works in the background: the queue, and the chores beside it."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

from django.db import DatabaseError, InterfaceError, close_old_connections, connections
from django.dispatch import Signal
from django.utils import timezone
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as QueueWorker
from django_tasks_db.models import DBTaskResult

from .chores import hour_passed, minute_passed
from .outages import is_outage

logger = logging.getLogger(__name__)

# A task that began so long ago has lost its worker. It begins again, so each must be
# right when it is done twice.
LOST_AFTER = timedelta(hours=1)
# A task that kills its worker every time must not come back for ever.
MOST_STARTS = 5
_TASKS_BETWEEN_CHORES = 100
# How long to wait for a database that does not answer before asking it again, in
# seconds.
_PAUSE_IN_AN_OUTAGE = 2.0


class Worker(QueueWorker):
    """Works off the queue, does the chores that are due, and waits for more.

    With ``batch`` it ends when the queue is empty.
    """

    def __init__(self, *, batch: bool, interval: float) -> None:
        super().__init__(
            queue_names=["*"],
            excluded_queue_names=[],
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            worker_id=uuid4().hex,
            interval=interval,
            # The queue's own loop ends when it is empty, which gives us our turn.
            batch=True,
            max_tasks=_TASKS_BETWEEN_CHORES,
            startup_delay=False,
        )
        self.is_one_batch = batch
        self._chores = {minute_passed: 60.0, hour_passed: 3600.0}
        self._done_at = dict.fromkeys(self._chores, -3600.0)
        self._was_cut_off = False

    def run(self) -> None:
        """Work until told to stop, also through an outage of the database."""
        is_over = False
        while self.running and not is_over:
            try:
                is_over = self._work_once()
            except (DatabaseError, InterfaceError) as error:
                if self.is_one_batch or not is_outage(error):
                    raise
                self._sit_out(error)

    def _work_once(self) -> bool:
        """Do chores and tasks; return True when the one batch is done."""
        if self._was_cut_off:
            self._take_back()
        self._do_chores()
        self._run_tasks = 0
        super().run()
        is_empty = self._run_tasks < _TASKS_BETWEEN_CHORES
        if is_empty and self.is_one_batch:
            return True
        if is_empty and self.running:
            time.sleep(self.interval)
        return False

    def _sit_out(self, error: Exception) -> None:
        logger.warning("Waits for the database: %s", type(error).__name__)
        self._was_cut_off = True
        connections.close_all()
        if self.running:
            time.sleep(_PAUSE_IN_AN_OUTAGE)

    def _take_back(self) -> None:
        """Let begin again at once what this worker was at when the database went."""
        running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
        for result in running:
            if result.worker_ids[-1:] == [self.worker_id]:
                _begin_again(result)
        self._was_cut_off = False

    def _do_chores(self) -> None:
        close_old_connections()
        for chore in self._due_chores(time.monotonic()):
            with self._unbroken():
                # Logs what a receiver raises and goes on with the next one.
                chore.send_robust(type(self))

    def _due_chores(self, now: float) -> Iterator[Signal]:
        for chore, every in self._chores.items():
            if now - self._done_at[chore] >= every:
                self._done_at[chore] = now
                yield chore

    @contextmanager
    def _unbroken(self) -> Iterator[None]:
        """Let a chore end as a task does when somebody stops the worker."""
        self.running_task = True
        try:
            yield
        finally:
            self.running_task = False


def requeue_lost_tasks() -> int:
    """Let tasks begin again whose worker was killed; return how many."""
    lost = DBTaskResult.objects.filter(
        status=TaskResultStatus.RUNNING, started_at__lt=timezone.now() - LOST_AFTER
    )
    return sum(_begin_again(result) for result in lost)


def _begin_again(result: DBTaskResult) -> bool:
    """Put a task back that was cut off; return False for one that always is."""
    is_hopeless = len(result.worker_ids) >= MOST_STARTS
    if is_hopeless:
        logger.error("Task %s was lost %s times", result.pk, MOST_STARTS)
    # Unless somebody else put it back, or began it again, meanwhile.
    DBTaskResult.objects.filter(
        pk=result.pk,
        status=TaskResultStatus.RUNNING,
        started_at=result.started_at,
    ).update(status=TaskResultStatus.FAILED if is_hopeless else TaskResultStatus.READY)
    return not is_hopeless


def prune_finished_tasks() -> None:
    """Forget tasks that ended well a day ago, and failed ones after two weeks."""
    now = timezone.now()
    results = DBTaskResult.objects
    results.successful().filter(finished_at__lt=now - timedelta(days=1)).delete()
    results.failed().filter(finished_at__lt=now - timedelta(days=14)).delete()
