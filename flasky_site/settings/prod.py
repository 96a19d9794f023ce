"""Production: everything that differs between sites comes from the environment.

A missing or malformed variable stops the start with its name. ``.env.example`` lists
them all.
"""

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvValidationError, validate

from .base import *

env = Env(eager=False)

SECRET_KEY = env.str("SECRET_KEY", validate=validate.Length(min=50))
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", validate=validate.Length(min=1))
database = env.dj_db_url("DATABASE_URL", conn_max_age=60, conn_health_checks=True)
cache = env.dj_cache_url("CACHE_URL")
email = env.dj_email_url("EMAIL_URL")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL")
FLASKY_ADMIN = env.list("FLASKY_ADMIN", [])
# How many proxies in front of the site may be believed about the visitor's address.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", 1)
# How long browsers remember to come by HTTPS only, in seconds; a year.
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", 31_536_000)

try:
    env.seal()
except EnvValidationError as error:
    raise ImproperlyConfigured(f"The environment is not right. {error}") from None

# dj-email-url passes by an unknown kind of server in silence, and with it the demand
# for encryption.
if "EMAIL_BACKEND" not in email:
    raise ImproperlyConfigured("EMAIL_URL: not a kind of server; try submission://.")

DEBUG = False

_engine = database["ENGINE"]
if _engine.endswith("sqlite3"):
    database["OPTIONS"] = SQLITE_OPTIONS
elif _engine.endswith("postgresql"):
    database["OPTIONS"] = {**database.get("OPTIONS", {}), **POSTGRESQL_OPTIONS}
DATABASES = {"default": database}
CACHES = {"default": cache}
# A mail server that does not answer must not hold a process for ever.
EMAIL_TIMEOUT = 10
globals().update({name: value for name, value in email.items() if value is not None})

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
