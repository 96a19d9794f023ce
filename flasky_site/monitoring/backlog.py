"""How much waits, runs and has failed in the background, read from the database."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock

from django.db import DatabaseError, InterfaceError
from django.db.models import Count
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric

from mail.models import OutgoingMail

_TASK_STATES = {
    TaskResultStatus.READY: "queued",
    TaskResultStatus.RUNNING: "running",
    TaskResultStatus.SUCCESSFUL: "done",
    TaskResultStatus.FAILED: "failed",
}
# However many programs ask.
_KEPT_SECONDS = 10.0


@dataclass(frozen=True)
class Backlog:
    """Counts by state, and for how long the oldest mail has waited, in seconds."""

    tasks: dict[str, int]
    mails: dict[str, int]
    oldest_mail: float


def read_backlog() -> Backlog:
    """Ask the database: three queries, over what is kept for a day or two weeks."""
    tasks = dict.fromkeys(_TASK_STATES.values(), 0)
    found = DBTaskResult.objects.order_by().values_list("status").annotate(Count("pk"))
    for status, count in found:
        tasks[_TASK_STATES[TaskResultStatus(status)]] += count
    mails = dict.fromkeys(OutgoingMail.State.values, 0)
    mails |= OutgoingMail.objects.order_by().values_list("state").annotate(Count("pk"))
    queued = OutgoingMail.objects.filter(state=OutgoingMail.State.QUEUED)
    since = queued.order_by("id").values_list("created_at", flat=True).first()
    waited = (timezone.now() - since).total_seconds() if since else 0.0
    return Backlog(tasks=tasks, mails=mails, oldest_mail=max(waited, 0.0))


class _Recent:
    """The backlog of a moment ago, or None since the database does not answer."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.read_at = -_KEPT_SECONDS
        self.backlog: Backlog | None = None

    def get(self) -> Backlog | None:
        with self.lock:
            if time.monotonic() - self.read_at >= _KEPT_SECONDS:
                try:
                    self.backlog = read_backlog()
                except (DatabaseError, InterfaceError):
                    self.backlog = None
                self.read_at = time.monotonic()
            return self.backlog


recent = _Recent()


class BacklogCollector:
    """Gives Prometheus the backlog; without a database only that there is none."""

    def collect(self) -> Iterator[Metric]:
        backlog = recent.get()
        yield GaugeMetricFamily(
            "flasky_database_up",
            "Whether the database answers.",
            value=float(backlog is not None),
        )
        if backlog is None:
            return
        yield _by_state(
            "flasky_tasks",
            "Background tasks, of those kept: done for a day, failed for two weeks.",
            backlog.tasks,
        )
        yield _by_state(
            "flasky_mails", "Mails, of those kept for two weeks.", backlog.mails
        )
        yield GaugeMetricFamily(
            "flasky_mail_oldest_waiting_seconds",
            "For how long the oldest unsent mail has waited.",
            value=backlog.oldest_mail,
        )


def _by_state(name: str, documentation: str, counts: dict[str, int]) -> Metric:
    family = GaugeMetricFamily(name, documentation, labels=["state"])
    for state, count in counts.items():
        family.add_metric([state], count)
    return family
