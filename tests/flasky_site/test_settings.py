import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
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


PICTURE_SOURCES = "settings.CONTENT_SECURITY_POLICY['DIRECTIVES'].get('img-src')"


class TestPictureSources:
    @pytest.mark.parametrize(
        ("module", "environment"), [("dev", {}), ("prod", COMPLETE)]
    )
    def test_are_ours_alone_unless_gravatar_is_switched_on(self, module, environment):
        drawn = start(module, environment, PICTURE_SOURCES)
        asked = start(module, {**environment, "AVATARS": "gravatar"}, PICTURE_SOURCES)

        assert drawn.stdout == "None\n"
        assert asked.stdout == "[\"'self'\", 'https://secure.gravatar.com']\n"


class TestDevelopmentSettings:
    @pytest.mark.parametrize("name", ["AVATARS", "GRAVATAR_HASH"])
    def test_name_the_variable_that_is_malformed(self, name):
        result = start("dev", {name: "cartoons"})

        assert result.returncode != 0
        assert name in result.stderr.splitlines()[-1]

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

    def test_read_older_keys(self):
        result = start_production(
            {**COMPLETE, "SECRET_KEY_FALLBACKS": "older,oldest"},
            "settings.SECRET_KEY_FALLBACKS",
        )

        assert result.stdout == "['older', 'oldest']\n", result.stderr

    @pytest.mark.parametrize("value", ["", None])
    def test_have_no_older_key_unless_told(self, value):
        given = {} if value is None else {"SECRET_KEY_FALLBACKS": value}

        result = start_production(
            {**COMPLETE, **given}, "settings.SECRET_KEY_FALLBACKS"
        )

        assert result.stdout == "[]\n", result.stderr

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
            ("SECRET_KEY", "k" * 64),
            ("DEBUG", "yes"),
            ("SERVERS", "0"),
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
            ("AVATARS", "cartoons"),
            ("GRAVATAR_HASH", "sha1"),
            ("MEDIA_ROOT", "media"),
            ("STATIC_ROOT", "static"),
            ("STAFF_SECOND_FACTOR", "perhaps"),
            ("SLOW_DB_QUERY_SECONDS", "-1"),
            ("SLOW_DB_QUERY_SECONDS", "slow"),
            ("SLOW_DB_QUERY_SECONDS", "nan"),
            ("SLOW_DB_QUERY_SECONDS", "inf"),
            ("SENTRY_DSN", "http://key@sentry.example.com/1"),
            ("SENTRY_DSN", "sentry"),
            ("METRICS_TOKEN", "short"),
            ("METRICS_ALLOWED_IPS", "10.0.0.0/8,everybody"),
            ("METRICS_ALLOWED_IPS", "10.0.0.1/8"),
        ],
    )
    def test_name_the_variable_that_is_malformed(self, name, value):
        result = start_production({**COMPLETE, name: value})

        assert result.returncode != 0
        assert name in result.stderr.splitlines()[-1]

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("CACHE_URL", "redis://:hush#x@cache.example.com/0"),
            ("CACHE_URL", "redis://:hush/x@cache.example.com:6379/0"),
            ("DATABASE_URL", "postgres://flasky:hush#x@127.0.0.1/flasky"),
            ("EMAIL_URL", "submission://user:hush/x@mail.example.com"),
        ],
    )
    def test_print_no_piece_of_a_password_that_was_not_quoted(self, name, value):
        result = start_production({**COMPLETE, name: value})

        assert result.returncode != 0
        assert name in result.stderr.splitlines()[-1]
        assert "hush" not in result.stderr

    def test_want_a_database_that_several_servers_reach(self):
        result = start_production(
            {**COMPLETE, "DATABASE_URL": "sqlite:////tmp/a.sqlite3", "SERVERS": "2"}
        )

        assert result.returncode != 0
        assert "DATABASE_URL" in result.stderr.splitlines()[-1]

    def test_read_each_value_from_a_file_too(self, tmp_path):
        environment = {}
        for name, value in COMPLETE.items():
            (tmp_path / name).write_text(f"{value}\n")
            environment[f"{name}_FILE"] = str(tmp_path / name)

        result = start_production(environment, "settings.SECRET_KEY")

        assert result.stdout.strip() == COMPLETE["SECRET_KEY"], result.stderr

    def test_name_the_file_that_cannot_be_read(self):
        result = start_production({**COMPLETE, "SECRET_KEY_FILE": "/not/there"})

        assert result.returncode != 0
        assert "SECRET_KEY_FILE" in result.stderr.splitlines()[-1]

    @pytest.mark.parametrize(
        ("proxies", "header"),
        [("0", "None"), ("1", "('HTTP_X_FORWARDED_PROTO', 'https')")],
    )
    def test_believe_a_header_about_https_from_proxies_alone(self, proxies, header):
        result = start_production(
            {**COMPLETE, "TRUSTED_PROXIES": proxies},
            "settings.SECURE_PROXY_SSL_HEADER",
        )

        assert result.stdout == f"{header}\n", result.stderr

    def test_are_safe_without_being_told(self):
        safe = {
            "SESSION_COOKIE_SECURE": True,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_DOMAIN": None,
            "CSRF_COOKIE_SECURE": True,
            "CSRF_COOKIE_SAMESITE": "Lax",
            "CSRF_COOKIE_DOMAIN": None,
            "CSRF_TRUSTED_ORIGINS": [],
            "SECURE_SSL_REDIRECT": True,
            "SECURE_CONTENT_TYPE_NOSNIFF": True,
            "USE_X_FORWARDED_HOST": False,
            "USE_X_FORWARDED_PORT": False,
            "ALLOWED_HOSTS": ["flasky.example.com"],
            "ACCOUNT_DEFAULT_HTTP_PROTOCOL": "https",
        }

        told = f"{{name: getattr(settings, name) for name in {[*safe]}}}"
        result = start_production(COMPLETE, told)

        assert ast.literal_eval(result.stdout) == safe

    @pytest.mark.parametrize("name", ["WEB_CONCURRENCY", "WEB_THREADS"])
    def test_name_what_is_wrong_about_the_web_server(self, name):
        result = start("server", {name: "0"})

        assert result.returncode != 0
        assert name in result.stderr.splitlines()[-1]

    def test_read_who_may_read_metrics(self):
        given = {
            "METRICS_TOKEN": "t" * 32,
            "METRICS_ALLOWED_IPS": "127.0.0.1, 10.0.0.0/8,2001:db8::/32",
        }

        result = start_production(
            {**COMPLETE, **given},
            "(settings.METRICS_TOKEN, settings.METRICS_ALLOWED_IPS)",
        )

        networks = ["127.0.0.1", "10.0.0.0/8", "2001:db8::/32"]
        assert result.stdout == f"{('t' * 32, networks)}\n", result.stderr

    def test_let_nobody_read_metrics_and_send_errors_nowhere_unless_told(self):
        result = start_production(
            COMPLETE,
            "settings.METRICS_TOKEN, settings.METRICS_ALLOWED_IPS, settings.SENTRY_DSN",
        )

        assert result.stdout == " [] \n", result.stderr

    @pytest.mark.parametrize(
        ("method", "address", "status"),
        [("get", "/healthz", 200), ("post", "/readyz", 405), ("post", "/metrics", 405)],
    )
    def test_answer_probes_to_any_host_without_https(self, method, address, status):
        ask = (
            "(__import__('django').setup(), __import__('django.test').test.Client()"
            f".{method}('{address}', headers={{'host': '127.0.0.1'}}).status_code)[1]"
        )

        result = start_production(COMPLETE, ask)

        assert result.stdout.endswith(f"{status}\n"), result.stderr

    def test_log_as_json_and_mail_errors(self):
        result = start_production(COMPLETE, "settings.LOGGING['root']['handlers']")

        assert result.stdout == "['stdout', 'mail']\n", result.stderr

    def test_count_what_the_cache_has(self):
        result = start_production(COMPLETE, "settings.CACHES['default']['BACKEND']")

        assert result.stdout.endswith("CountedRedisCache\n"), result.stderr

    def test_never_print_a_secret_that_is_refused(self):
        result = start_production({**COMPLETE, "SECRET_KEY": "too-short-secret"})

        assert "too-short-secret" not in result.stderr

    def test_read_what_env_example_lists_and_nothing_else(self):
        settings = ROOT / "flasky_site/settings"
        source = "".join(
            (settings / name).read_text() for name in ("prod.py", "server.py")
        )
        example = (ROOT / ".env.example").read_text()

        read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', source))
        listed = set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))

        assert read == listed
