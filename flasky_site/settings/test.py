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
# Tests clear the cache, so each parallel worker gets a Redis database of its own, from
# the one in CACHE_URL on.
_worker = int(re.sub(r"\D", "", env.str("PYTEST_XDIST_WORKER", "")) or 0)
if "redis" in CACHES["default"]["BACKEND"]:
    CACHES["default"]["BACKEND"] = REDIS_CACHE
    CACHES["default"]["LOCATION"] = re.sub(
        r"/(\d*)$",
        lambda number: f"/{int(number[1] or 0) + _worker}",
        CACHES["default"]["LOCATION"],
    )

# Tests read a page, change something and read it again, within one second and within a
# transaction that is never committed. Those of kept pages switch it on.
VISITOR_PAGES_CACHED_SECONDS = 0

MAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Argon2 is slow on purpose, and hundreds of tests make members.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True
# Tests in a browser come to http://localhost.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True

# Reads the SQL of migrations for what would take from the old version, which serves
# while they run. `make check` reads that of SQLite, unless DATABASE_URL names a server;
# that of PostgreSQL is about locks too.
INSTALLED_APPS += ["django_migration_linter"]
# They build indexes under a lock, or want columns filled that the old version does not
# know; no site had rows yet when they ran.
_before_the_first_site = [
    "0002_one_role_a_member",
    "0006_former_names_and_clean_text",
    "0007_people_by_name",
    "0002_edits_and_deletions",
    "0001_outbox",
]
# SQLite builds a table anew to change it, with all its rules, which look like new ones.
_anew_on_sqlite = ["0004_avatars", "0008_decisions_and_suspensions"]
_is_sqlite = DATABASES["default"]["ENGINE"].endswith("sqlite3")
MIGRATION_LINTER_OPTIONS = {
    "include_apps": ["accounts", "blog", "mail", "social"],
    "ignore_name": _before_the_first_site + (_anew_on_sqlite if _is_sqlite else []),
    "quiet": ["ok", "ignore"],
    # Of all warnings.
    "warnings_as_errors": [],
    "no_cache": True,
}
