"""How log records are written: JSON in production, sentences in development."""

import json
import logging
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest

from .current import REQUEST_ID, RequestSeen, current_request, current_tasks
from .routes import PROBES, route_of
from .scrubbing import describe, error_of, is_refusal, message_of

_encode = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), default=str
).encode


def current_context(request: object = None) -> dict[str, str]:
    """Return ids and route of what is being done, or of ``request`` if it has an id.

    Django reports a failed answer after the outermost middleware, and hands the
    request over.
    """
    seen = current_request.get()
    context = {}
    if isinstance(request, HttpRequest) and REQUEST_ID in request.META:
        context["request_id"] = request.META[REQUEST_ID]
        context["route"] = route_of(request)
    elif seen is not None:
        context["request_id"] = seen.id
        context["route"] = route_of(seen.request)
    if tasks := current_tasks.get():
        context["task_id"] = tasks[-1]
    return context


class QuietFilter(logging.Filter):
    """Holds back that a probe failed; its own line says so."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        return not (isinstance(request, HttpRequest) and route_of(request) in PROBES)


class JsonFormatter(logging.Formatter):
    """One object a line: at, level, and what the record tells.

    Records with ``extra={"fields": {...}}`` tell those; all others logger, message,
    ids, and what was raised.
    """

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC)
        line: dict[str, Any] = {
            "at": at.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
        }
        fields = getattr(record, "fields", None)
        if fields is not None:
            return _encode(line | fields)
        line |= {"logger": record.name, "event": message_of(record)}
        line |= current_context(getattr(record, "request", None))
        error = error_of(record)
        if error is not None and not is_refusal(record):
            line["error"] = describe(error)
        return _encode(line)


class ReadableFormatter(logging.Formatter):
    """For the developer's terminal, where nothing is hidden."""

    default_time_format = "%H:%M:%S"
    default_msec_format = None

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        fields = getattr(record, "fields", None)
        if fields is not None:
            record.message = _sentence(fields)
        return super().formatMessage(record)


def _sentence(fields: dict[str, Any]) -> str:
    if fields["event"] != "request":
        told = (f"{name}={value}" for name, value in fields.items() if name != "event")
        return f"{fields['event']}: {', '.join(told)}"
    return (
        f"{fields['method']} {fields['route']} {fields['status']} "
        f"in {fields['ms']} ms, {fields['queries']} queries in {fields['query_ms']} ms"
    )


def fields_of(seen: RequestSeen, *, status: int, seconds: float) -> dict[str, Any]:
    """Return what the line of a request tells, which took so many ``seconds``."""
    return {
        "event": "request",
        "request_id": seen.id,
        "route": route_of(seen.request),
        "method": method_of(seen.request),
        "status": status,
        "ms": round(seconds * 1000, 1),
        "queries": seen.queries,
        "query_ms": round(seen.query_seconds * 1000, 1),
    }


_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


def method_of(request: HttpRequest) -> str:
    """Return the method; those that somebody made up are all called OTHER."""
    return request.method if request.method in _METHODS else "OTHER"
