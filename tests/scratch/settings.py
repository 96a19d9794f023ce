"""The tests' settings with a queue, and mail to a server on this machine."""

import os

from flasky_site.settings.test import *

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
MAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = "127.0.0.1"
EMAIL_PORT = int(os.environ["SMTP_PORT"])
