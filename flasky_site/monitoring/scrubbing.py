"""Taking out of texts what a log must not hold: addresses, tokens, values."""

import logging
import re
import traceback
from http import HTTPStatus
from types import TracebackType
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError

HIDDEN = "[hidden]"

_PRIVATE = re.compile(
    r"""
    [\w.+-]+@[\w-]+(?:\.[\w-]+)*                    # an e-mail address, or user@host
    | \b[a-z][a-z0-9+.-]*://\S+                     # an address of the web, a server
    | \?[\w.-]+=\S*                                 # a query
    | (?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])    # IPv4
    | (?<![\w:])(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}(?![\w:])         # IPv6
    | (?<![\w:])[0-9a-f:]*::[0-9a-f:]*(?![\w:])    # the same, shortened
    | (?<![\w-])
      (?!(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3})?[0-9a-f]{12}(?![\w-]))  # an id of ours
      (?=[\w-]*\d)[\w-]{24,}                        # a token or a key
    """,
    re.VERBOSE | re.IGNORECASE,
)

# What these say is made of names in the code, or is of the server's state. What others
# say may be anything that somebody typed: "Key (email)=(…) already exists."
_TELLING = (
    AttributeError,
    ImportError,
    ImproperlyConfigured,
    NameError,
    NotImplementedError,
    OperationalError,
    RecursionError,
    TypeError,
    ZeroDivisionError,
)

# Django writes the path, the host or the reason into what these say.
_PATHS = "django.request"
_REFUSALS = "django.security"
_SERVER = "gunicorn"


def scrub(text: str) -> str:
    """Return ``text`` without what looks like an address, a token or a query."""
    return _PRIVATE.sub(HIDDEN, text)


def message_of(record: logging.LogRecord) -> str:
    """Return what ``record`` says, without values that somebody may have typed."""
    if is_refusal(record):
        return f"Refused: {record.name.rpartition('.')[2]}"
    if record.name == _PATHS:
        return HTTPStatus(getattr(record, "status_code", 500)).phrase
    if record.name.startswith(_SERVER):
        return _message_of_server(record)
    return scrub(_with_types_of_errors(record))


def error_of(record: logging.LogRecord) -> BaseException | None:
    """Return what was raised where ``record`` was logged, if anything."""
    return record.exc_info[1] if record.exc_info else None


def is_refusal(record: logging.LogRecord) -> bool:
    """Say whether ``record`` tells of what a stranger sent, not of an error of ours."""
    return record.name.startswith(_REFUSALS)


def _message_of_server(record: logging.LogRecord) -> str:
    if record.exc_info:
        return "Error of the web server"
    message = record.getMessage()
    # What it informs of is itself and where it listens.
    return message if record.levelno == logging.INFO else scrub(message)


def _with_types_of_errors(record: logging.LogRecord) -> str:
    if not isinstance(record.args, tuple):
        return record.getMessage()
    arguments = tuple(
        type(argument).__name__ if isinstance(argument, BaseException) else argument
        for argument in record.args
    )
    return str(record.msg) % arguments if arguments else str(record.msg)


def words_of(error: BaseException) -> str:
    """Return the first line of what ``error`` says if its kind holds no values."""
    if not isinstance(error, _TELLING):
        return ""
    return scrub(str(error).partition("\n")[0])[:300]


def describe(error: BaseException) -> dict[str, Any]:
    """Return kind, words and places of ``error``, the outermost place first.

    Only the code's own lines are in it, no value of a variable.
    """
    described: dict[str, Any] = {"type": name_of(type(error))}
    if words := words_of(error):
        described["message"] = words
    described["traceback"] = places_of(error.__traceback__)
    cause = error.__cause__ or (
        None if error.__suppress_context__ else error.__context__
    )
    if cause is not None:
        described["cause"] = name_of(type(cause))
    return described


def places_of(trace: TracebackType | None) -> list[str]:
    return [
        f"{frame.filename}:{frame.lineno} {frame.name}: {frame.line or ''}".rstrip(": ")
        for frame in traceback.extract_tb(trace)
    ]


def name_of(kind: type) -> str:
    if kind.__module__ == "builtins":
        return kind.__qualname__
    return f"{kind.__module__}.{kind.__qualname__}"
