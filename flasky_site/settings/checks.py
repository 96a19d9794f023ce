"""What a value of the environment has to be, for production to start."""

import math
from collections.abc import Callable
from email.utils import parseaddr
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django_cache_url
from django.core.exceptions import ImproperlyConfigured
from environs import ValidationError, validate

# Fewer say that somebody leant on a key; ``check --deploy`` counts the same way.
_LEAST_KEY_LENGTH = 50
_LEAST_DIFFERENT_CHARACTERS = 5


def is_secret(key: str) -> None:
    if len(key) < _LEAST_KEY_LENGTH or len({*key}) < _LEAST_DIFFERENT_CHARACTERS:
        raise ValidationError("Use at least 50 characters, made at random.")


def is_off(debug: bool) -> None:
    if debug:
        raise ValidationError("Leave it out: error pages would show code and settings.")


def is_origin(origin: str) -> None:
    parts = urlsplit(origin)
    if parts.scheme not in {"http", "https"} or origin != (
        f"{parts.scheme}://{parts.netloc}"
    ):
        raise ValidationError("Name each origin as https://app.example.com.")


def is_host(host: str) -> None:
    if not host or set(host) & set("*/:"):
        raise ValidationError("Name each host, without scheme, port or *.")


def is_sender(sender: str) -> None:
    validate.Email()(parseaddr(sender)[1])


def is_shared_database(database: dict[str, Any]) -> None:
    if database["ENGINE"] not in {
        "django.db.backends.postgresql",
        "django.db.backends.sqlite3",
    } or database["NAME"] in {"", ":memory:"}:
        raise ValidationError("Use postgres:// or sqlite:/// with a file.")


def is_reachable_from(servers: int) -> Callable[[dict[str, Any]], None]:
    """Refuse a database in a file where more than one machine would write it."""

    def check(database: dict[str, Any]) -> None:
        if servers > 1 and database["ENGINE"].endswith("sqlite3"):
            raise ValidationError(
                "Several servers cannot share SQLite; use postgres://."
            )

    return check


def is_cache_address(address: str) -> None:
    try:
        django_cache_url.parse(address)
    except Exception:  # noqa: BLE001
        # It names no type, and its words may hold a piece of the password.
        raise ValidationError("Not a valid cache URL; try redis://.") from None


def is_shared_cache(cache: dict[str, Any]) -> None:
    # Rate limits are counted in the cache: one of each process counts nothing.
    if "locmem" in cache["BACKEND"] or "dummy" in cache["BACKEND"]:
        raise ValidationError("Use redis://, which all processes share.")


def is_mail_server(email: dict[str, Any]) -> None:
    # dj-email-url passes by an unknown kind in silence, and with it the demand for
    # encryption.
    if "EMAIL_BACKEND" not in email or email["EMAIL_BACKEND"].endswith(
        ("console.EmailBackend", "dummy.EmailBackend", "locmem.EmailBackend")
    ):
        raise ValidationError("Not a server that sends mail; try submission://.")


def is_absolute(path: Path) -> None:
    if not path.is_absolute():
        raise ValidationError("Name the folder by its whole path, from / on.")


def is_network(network: str) -> None:
    try:
        ip_network(network)
    except ValueError:
        raise ValidationError("Name addresses or networks as 10.0.0.0/8.") from None


def is_duration(seconds: float) -> None:
    # What is no number is neither less than 0 nor more, and would switch the log off.
    if not 0 <= seconds < math.inf:
        raise ValidationError("Name seconds, from 0 on.")


def is_long_if_any(secret: str) -> None:
    if 0 < len(secret) < 32:
        raise ValidationError("Take at least 32 random characters.")


def is_dsn_if_any(dsn: str) -> None:
    parts = urlsplit(dsn)
    if dsn and not (parts.scheme == "https" and parts.username and parts.path):
        raise ValidationError("Copy it from Sentry: https://key@host/number.")


def checked(name: str, value: Any, check: Any) -> Any:
    """Return ``value`` or stop the start with the name of its variable.

    environs hands ``validate`` of its URL readers on to the libraries behind them.
    """
    try:
        check(value)
    except ValidationError as error:
        raise ImproperlyConfigured(f"{name}: {error.messages[0]}") from None
    return value
