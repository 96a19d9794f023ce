"""A developer's laptop: nothing to set, nothing to install but Python."""

import importlib.util

from environs import Env, validate

from .base import *
from .logs import readable_lines

env = Env()

DEBUG = True
SECRET_KEY = "development-only"  # noqa: S105  Production reads its own and has no default.
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
administrators: list[str] = env.list("FLASKY_ADMIN", [])
FLASKY_ADMIN = [address.strip() for address in administrators]
AVATARS = env.str("AVATARS", AVATARS, validate=validate.OneOf(["drawn", "gravatar"]))
GRAVATAR_HASH = env.str(
    "GRAVATAR_HASH", GRAVATAR_HASH, validate=validate.OneOf(["sha256", "md5"])
)
if AVATARS == "gravatar":
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"] = GRAVATAR_IMAGES

VAR_DIR.mkdir(exist_ok=True)
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": VAR_DIR / "flasky.sqlite3",
        "OPTIONS": SQLITE_OPTIONS,
    }
}
CACHES = {
    "default": {"BACKEND": "flasky_site.monitoring.caches.CountedLocMemCache"},
}

LOGGING = readable_lines()
SLOW_DB_QUERY_SECONDS = env.float("SLOW_DB_QUERY_SECONDS", SLOW_DB_QUERY_SECONDS)
# Says in the header Server-Timing how long templates took.
TEMPLATES[0] |= {
    "NAME": "django",
    "BACKEND": "flasky_site.monitoring.templates.TimedTemplates",
}

# Who changes a template wants to see it.
VISITOR_PAGES_CACHED_SECONDS = 0

# Mails are printed in the terminal and kept in a folder that /dev/mail/ shows.
MAIL_BACKEND = "flasky_site.dev_mail.backend.DevEmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"

# Passkeys want HTTPS, but for http://localhost.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True

# The toolbar covers part of the page, so it comes only when it is asked for.
if env.bool("DEBUG_TOOLBAR", False) and importlib.util.find_spec("debug_toolbar"):
    INSTALLED_APPS += ["debug_toolbar"]
    # Within what compresses, so that it can write into the page.
    _compression = "flasky_site.lib.compression.CompressionMiddleware"
    MIDDLEWARE.insert(
        MIDDLEWARE.index(_compression) + 1,
        "debug_toolbar.middleware.DebugToolbarMiddleware",
    )
    INTERNAL_IPS = ["127.0.0.1"]
    # What htmx fetches for a part of the page is shown as well.
    DEBUG_TOOLBAR_CONFIG = {"UPDATE_ON_FETCH": True}
