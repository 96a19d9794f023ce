"""Errors to Sentry, where the operator has an account there and says so."""

from typing import TYPE_CHECKING, Any

import sentry_sdk

from .formats import current_context
from .scrubbing import scrub

if TYPE_CHECKING:
    from sentry_sdk.types import Event, Hint

# What an event may keep. All else may hold what somebody typed or who they are.
_KEPT = {
    "contexts",
    "environment",
    "event_id",
    "exception",
    "level",
    "logger",
    "platform",
    "release",
    "sdk",
    "tags",
    "timestamp",
}
_KEPT_OF_FRAMES = {
    "abs_path",
    "context_line",
    "filename",
    "function",
    "in_app",
    "lineno",
    "module",
    "post_context",
    "pre_context",
}
_KEPT_OF_CONTEXTS = {"runtime", "trace"}


def start(dsn: str, **options: Any) -> None:
    """Send errors to ``dsn`` from now on: places in the code and ids, no values."""
    sentry_sdk.init(
        dsn=dsn,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        auto_session_tracking=False,
        before_send=without_values,
        **options,
    )


def without_values(event: "Event", hint: "Hint") -> "Event | None":
    """Return ``event`` with what helps to find the error, and nothing of anybody."""
    kept: Any = {name: value for name, value in event.items() if name in _KEPT}
    entry: Any = event.get("logentry") or {}
    if entry.get("message"):
        # With its places for values, not with the values.
        kept["logentry"] = {"message": scrub(str(entry["message"]))}
    contexts = kept.get("contexts", {})
    kept["contexts"] = {
        name: contexts[name] for name in _KEPT_OF_CONTEXTS & {*contexts}
    }
    for raised in kept.get("exception", {}).get("values", []):
        _keep_places(raised)
    kept["tags"] = {**current_context()}
    return kept


def _keep_places(raised: dict[str, Any]) -> None:
    raised.pop("value", None)
    frames = (raised.get("stacktrace") or {}).get("frames", [])
    for frame in frames:
        for name in {*frame} - _KEPT_OF_FRAMES:
            del frame[name]
