"""Production: everything that differs between sites comes from the environment.

A missing or malformed variable stops the start with its name. ``.env.example`` lists
them all.
"""

from email.utils import parseaddr
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvValidationError, ValidationError, validate

from .base import *

env = Env(eager=False)


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


def checked(name: str, value: Any, check: Any) -> Any:
    """Return ``value`` or stop the start with the name of its variable.

    environs hands ``validate`` of its URL readers on to the libraries behind them.
    """
    try:
        check(value)
    except ValidationError as error:
        raise ImproperlyConfigured(f"{name}: {error.messages[0]}") from None
    return value


SECRET_KEY = env.str("SECRET_KEY", validate=validate.Length(min=50))
hosts: list[str] = env.list("ALLOWED_HOSTS", validate=validate.Length(min=1))
database = env.dj_db_url("DATABASE_URL", conn_max_age=60, conn_health_checks=True)
cache = env.dj_cache_url("CACHE_URL")
email = env.dj_email_url("EMAIL_URL")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", validate=is_sender)
administrators: list[str] = env.list("FLASKY_ADMIN", [])
# How many proxies in front of the site may be believed about the visitor's address.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int(
    "TRUSTED_PROXIES", 1, validate=validate.Range(min=0)
)
# How long browsers remember to come by HTTPS only, in seconds; a year.
SECURE_HSTS_SECONDS = env.int(
    "HSTS_SECONDS", 31_536_000, validate=validate.Range(min=0)
)

try:
    env.seal()
except EnvValidationError as error:
    raise ImproperlyConfigured(f"The environment is not right. {error}") from None

ALLOWED_HOSTS = [checked("ALLOWED_HOSTS", host.strip(), is_host) for host in hosts]
FLASKY_ADMIN = [
    checked("FLASKY_ADMIN", address.strip(), validate.Email())
    for address in administrators
]

DEBUG = False

checked("DATABASE_URL", database, is_shared_database)
if database["ENGINE"].endswith("sqlite3"):
    database["OPTIONS"] = SQLITE_OPTIONS
else:
    database["OPTIONS"] = {**database.get("OPTIONS", {}), **POSTGRESQL_OPTIONS}
DATABASES = {"default": database}
CACHES = {"default": checked("CACHE_URL", cache, is_shared_cache)}

checked("EMAIL_URL", email, is_mail_server)
EMAIL_BACKEND = email["EMAIL_BACKEND"]
EMAIL_HOST = email["EMAIL_HOST"]
EMAIL_PORT = email["EMAIL_PORT"]
EMAIL_HOST_USER = email["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD = email["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS = email["EMAIL_USE_TLS"]
EMAIL_USE_SSL = email["EMAIL_USE_SSL"]
EMAIL_FILE_PATH = email["EMAIL_FILE_PATH"]
# A mail server that does not answer must not hold a process for ever.
EMAIL_TIMEOUT = email["EMAIL_TIMEOUT"] or 10

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
