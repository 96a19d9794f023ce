"""Production: everything that differs between sites comes from the environment.

A missing or malformed variable stops the start with its name. ``.env.example`` lists
them all.
"""

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvValidationError, validate

from .base import *

env = Env(eager=False)

SECRET_KEY = env.str("SECRET_KEY", validate=validate.Length(min=50))
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", validate=validate.Length(min=1))
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
    problems = "; ".join(
        f"{name}: {' '.join(map(str, texts))}"
        for name, texts in error.error_messages.items()
    )
    raise ImproperlyConfigured(f"The environment is not complete. {problems}") from None

DEBUG = False

_engine = database["ENGINE"]
if _engine.endswith("sqlite3"):
    database["OPTIONS"] = SQLITE_OPTIONS
elif _engine.endswith("postgresql"):
    database["OPTIONS"] = {**database.get("OPTIONS", {}), **POSTGRESQL_OPTIONS}
DATABASES = {"default": database}
CACHES = {"default": cache}
for _name, _value in email.items():
    globals()[_name] = _value

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
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
