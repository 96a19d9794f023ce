import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
COMPLETE = {
    "SECRET_KEY": "k" * 64,
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


def start_production(environment):
    return start("prod", environment)


class TestDevelopmentSettings:
    def test_need_no_environment(self):
        assert start("dev", {}).stdout == "True\n"

    @pytest.mark.parametrize(
        ("environment", "shown"), [({}, "False\n"), ({"DEBUG_TOOLBAR": "1"}, "True\n")]
    )
    def test_show_the_toolbar_when_asked(self, environment, shown):
        result = start("dev", environment, "'debug_toolbar' in settings.INSTALLED_APPS")

        assert result.stdout == shown


class TestProductionSettings:
    @pytest.mark.parametrize(
        "database", [COMPLETE["DATABASE_URL"], "sqlite:////tmp/flasky.sqlite3"]
    )
    def test_start_with_a_complete_environment(self, database):
        result = start_production({**COMPLETE, "DATABASE_URL": database})

        assert result.stdout == "False\n", result.stderr

    @pytest.mark.parametrize("name", sorted(COMPLETE))
    def test_name_the_variable_that_is_missing(self, name):
        environment = {key: COMPLETE[key] for key in COMPLETE if key != name}

        result = start_production(environment)

        assert result.returncode != 0
        assert name in result.stderr.splitlines()[-1]

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("SECRET_KEY", "short"),
            ("ALLOWED_HOSTS", ""),
            ("DATABASE_URL", "not a url"),
            ("CACHE_URL", "nonsense://x"),
            ("EMAIL_URL", "smtp+tls://mail.example.com"),
            ("ALLOWED_HOSTS", "*"),
            ("ALLOWED_HOSTS", "flasky.example.com,"),
            ("ALLOWED_HOSTS", "https://flasky.example.com"),
            ("ALLOWED_HOSTS", "flasky.example.com:443"),
            ("DEFAULT_FROM_EMAIL", "nobody"),
            ("FLASKY_ADMIN", "nobody"),
            ("DEFAULT_FROM_EMAIL", ""),
            ("DATABASE_URL", "mysql://flasky:password@127.0.0.1/flasky"),
            ("DATABASE_URL", "sqlite://"),
            ("CACHE_URL", "locmem://"),
            ("CACHE_URL", "dummy://"),
            ("EMAIL_URL", "console://"),
            ("TRUSTED_PROXIES", "-1"),
            ("HSTS_SECONDS", "-5"),
            ("TRUSTED_PROXIES", "one"),
            ("HSTS_SECONDS", "forever"),
        ],
    )
    def test_name_the_variable_that_is_malformed(self, name, value):
        result = start_production({**COMPLETE, name: value})

        assert result.returncode != 0
        assert name in result.stderr.splitlines()[-1]

    def test_never_print_a_secret_that_is_refused(self):
        result = start_production({**COMPLETE, "SECRET_KEY": "too-short-secret"})

        assert "too-short-secret" not in result.stderr

    def test_read_what_env_example_lists_and_nothing_else(self):
        source = (ROOT / "flasky_site/settings/prod.py").read_text()
        example = (ROOT / ".env.example").read_text()

        read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', source))
        listed = set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))

        assert read == listed
