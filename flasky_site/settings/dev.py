"""A developer's laptop: nothing to set, nothing to install but Python."""

import importlib.util

from environs import Env

from .base import *

env = Env()

DEBUG = True
SECRET_KEY = "development-only"  # noqa: S105  Production reads its own and has no default.
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
administrators: list[str] = env.list("FLASKY_ADMIN", [])
FLASKY_ADMIN = [address.strip() for address in administrators]

VAR_DIR.mkdir(exist_ok=True)
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": VAR_DIR / "flasky.sqlite3",
        "OPTIONS": SQLITE_OPTIONS,
    }
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# Mails are printed in the terminal and kept in a folder that /dev/mail/ shows.
EMAIL_BACKEND = "flasky_site.dev_mail.backend.DevEmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"

# The toolbar covers part of the page, so it comes only when it is asked for.
if env.bool("DEBUG_TOOLBAR", False) and importlib.util.find_spec("debug_toolbar"):
    INSTALLED_APPS += ["debug_toolbar"]
    MIDDLEWARE.insert(3, "debug_toolbar.middleware.DebugToolbarMiddleware")
    INTERNAL_IPS = ["127.0.0.1"]
