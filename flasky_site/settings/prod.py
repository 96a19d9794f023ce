"""Production: everything that differs between sites comes from the environment.

A missing or malformed variable stops the start with its name. ``.env.example`` lists
them all. Each may also be named NAME_FILE and hold the path of a file with the value,
as systemd and containers hand out secrets.
"""

import django_cache_url
from django.core.exceptions import ImproperlyConfigured
from environs import EnvValidationError, FileAwareEnv, validate

from .base import *
from .checks import (
    checked,
    is_absolute,
    is_cache_address,
    is_dsn_if_any,
    is_duration,
    is_host,
    is_long_if_any,
    is_mail_server,
    is_network,
    is_off,
    is_origin,
    is_reachable_from,
    is_secret,
    is_sender,
    is_shared_cache,
    is_shared_database,
)
from .logs import json_lines

env = FileAwareEnv(eager=False, strip_whitespace=True)
SECRET_KEY = env.str("SECRET_KEY", validate=is_secret)
# What was sealed with an older key stays readable while that key stands here.
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
hosts: list[str] = env.list("ALLOWED_HOSTS", validate=validate.Length(min=1))
database = env.dj_db_url("DATABASE_URL", conn_max_age=60, conn_health_checks=True)
cache_address = env.str("CACHE_URL", validate=is_cache_address)
email = env.dj_email_url("EMAIL_URL")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", validate=is_sender)
# How many machines serve the site.
servers = env.int("SERVERS", 1, validate=validate.Range(min=1))
administrators: list[str] = env.list("FLASKY_ADMIN", [])
# Uploaded pictures. Several hosts must share this folder.
media_root = env.path("MEDIA_ROOT", VAR_DIR / "media")
# Hashed names let those of the last version stay beside those of this one.
static_root = env.path("STATIC_ROOT", BASE_DIR / "staticfiles")
AVATARS = env.str("AVATARS", AVATARS, validate=validate.OneOf(["drawn", "gravatar"]))
GRAVATAR_HASH = env.str(
    "GRAVATAR_HASH", GRAVATAR_HASH, validate=validate.OneOf(["sha256", "md5"])
)
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", STAFF_SECOND_FACTOR)
# How many proxies in front of the site may be believed about the visitor's address and
# about HTTPS.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int(
    "TRUSTED_PROXIES", 1, validate=validate.Range(min=0)
)
SESSION_PROTECTION = env.str(
    "SESSION_PROTECTION",
    SESSION_PROTECTION,
    validate=validate.OneOf(["basic", "strong"]),
)
# Whose scripts in browsers may use the API: https://app.example.com.
origins: list[str] = env.list("API_ORIGINS", [])
# How long browsers remember to come by HTTPS only, in seconds; a year.
SECURE_HSTS_SECONDS = env.int(
    "HSTS_SECONDS", 31_536_000, validate=validate.Range(min=0)
)
VISITOR_PAGES_CACHED_SECONDS = env.int(
    "VISITOR_PAGES_CACHED_SECONDS",
    VISITOR_PAGES_CACHED_SECONDS,
    validate=validate.Range(min=0, max=60),
)
# For how long a query may run without a line in the log.
SLOW_DB_QUERY_SECONDS = env.float(
    "SLOW_DB_QUERY_SECONDS", SLOW_DB_QUERY_SECONDS, validate=is_duration
)
SENTRY_DSN = env.str("SENTRY_DSN", SENTRY_DSN, validate=is_dsn_if_any)
METRICS_TOKEN = env.str("METRICS_TOKEN", METRICS_TOKEN, validate=is_long_if_any)
networks: list[str] = env.list("METRICS_ALLOWED_IPS", [])

DEBUG = env.bool("DEBUG", False, validate=is_off)

try:
    env.seal()
except EnvValidationError as error:
    raise ImproperlyConfigured(f"The environment is not right. {error}") from None

ALLOWED_HOSTS = [checked("ALLOWED_HOSTS", host.strip(), is_host) for host in hosts]
FLASKY_ADMIN = [
    checked("FLASKY_ADMIN", address.strip(), validate.Email())
    for address in administrators
]
CORS_ALLOWED_ORIGINS = [
    checked("API_ORIGINS", origin.strip(), is_origin) for origin in origins
]
METRICS_ALLOWED_IPS = [
    checked("METRICS_ALLOWED_IPS", network.strip(), is_network) for network in networks
]

LOGGING = json_lines()

checked("DATABASE_URL", database, is_shared_database)
checked("DATABASE_URL", database, is_reachable_from(servers))
if database["ENGINE"].endswith("sqlite3"):
    database["OPTIONS"] = SQLITE_OPTIONS
else:
    database["OPTIONS"] = {**database.get("OPTIONS", {}), **POSTGRESQL_OPTIONS}
DATABASES = {"default": database}
cache = django_cache_url.parse(cache_address)
checked("CACHE_URL", cache, is_shared_cache)
if "redis" in cache["BACKEND"]:
    cache["BACKEND"] = "flasky_site.monitoring.caches.CountedRedisCache"
CACHES = {"default": cache}

checked("EMAIL_URL", email, is_mail_server)
MAIL_BACKEND = email["EMAIL_BACKEND"]
EMAIL_HOST = email["EMAIL_HOST"]
EMAIL_PORT = email["EMAIL_PORT"]
EMAIL_HOST_USER = email["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD = email["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS = email["EMAIL_USE_TLS"]
EMAIL_USE_SSL = email["EMAIL_USE_SSL"]
EMAIL_FILE_PATH = email["EMAIL_FILE_PATH"]
# A mail server that does not answer must not hold a process for ever.
EMAIL_TIMEOUT = email["EMAIL_TIMEOUT"] or 10

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

MEDIA_ROOT = checked("MEDIA_ROOT", media_root, is_absolute)
STATIC_ROOT = checked("STATIC_ROOT", static_root, is_absolute)
if AVATARS == "gravatar":
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"] = GRAVATAR_IMAGES

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "flasky_site.lib.styles.StaticStorage"},
}

ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
# Whoever looks after the site asks this process itself, without encryption.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
