"""Starting the site with an environment of the test's own."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent.parent
# All that production wants to be told.
COMPLETE = {
    "SECRET_KEY": "a key of at least fifty characters, many different",
    "ALLOWED_HOSTS": "flasky.example.com",
    "DATABASE_URL": "postgres://flasky:password@127.0.0.1/flasky",
    "CACHE_URL": "redis://127.0.0.1:6379/0",
    "EMAIL_URL": "submission://user:password@mail.example.com",
    "DEFAULT_FROM_EMAIL": "flasky@example.com",
}


def start(module, environment, expression="settings.DEBUG"):
    """Load the settings in a process of their own and print ``expression``."""
    coverage = {name: os.environ[name] for name in os.environ if "COVERAGE" in name}
    return subprocess.run(
        [
            sys.executable,
            "-c",
            f"from django.conf import settings; print({expression})",
        ],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": f"flasky_site.settings.{module}",
            **coverage,
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def start_production(environment, expression="settings.DEBUG"):
    return start("prod", environment, expression)
