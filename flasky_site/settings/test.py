"""Tests: fast and hermetic. The database and the cache may be chosen from outside."""

import re

from environs import Env

from .base import *

env = Env()

DEBUG = False
SECRET_KEY = "tests-only"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]

DATABASES = {"default": env.dj_db_url("DATABASE_URL", "sqlite://:memory:")}
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"]["OPTIONS"] = POSTGRESQL_OPTIONS
CACHES = {"default": env.dj_cache_url("CACHE_URL", "locmem://")}
# Tests clear the cache, so each parallel worker gets a Redis database of its own.
_worker = int(re.sub(r"\D", "", env.str("PYTEST_XDIST_WORKER", "")) or 0)
if "redis" in CACHES["default"]["BACKEND"]:
    CACHES["default"]["LOCATION"] = re.sub(
        r"/\d*$", f"/{_worker + 1}", CACHES["default"]["LOCATION"]
    )

EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Argon2 is slow on purpose, and hundreds of tests make members.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True
