"""What is being done at this moment, for the log records that come of it."""

from contextvars import ContextVar
from dataclasses import dataclass, field
from time import perf_counter

from django.http import HttpRequest

# Where the id is found by whoever holds a request alone.
REQUEST_ID = "flasky.request_id"


@dataclass(slots=True)
class RequestSeen:
    """A request from its first to its last middleware; times are in seconds."""

    id: str
    request: HttpRequest
    began: float = field(default_factory=perf_counter)
    queries: int = 0
    query_seconds: float = 0.0
    template_seconds: float = 0.0


current_request: ContextVar[RequestSeen | None] = ContextVar("request", default=None)
# The ids of the task that runs and of those that wait for its end: where tasks run at
# once, one may run within another.
current_tasks: ContextVar[tuple[str, ...]] = ContextVar("tasks", default=())
