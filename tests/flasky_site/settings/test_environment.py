import re

import pytest

from .starts import COMPLETE, ROOT, start_production


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

    def test_never_print_a_secret_that_is_refused(self):
        result = start_production({**COMPLETE, "SECRET_KEY": "too-short-secret"})

        assert "too-short-secret" not in result.stderr

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


class TestEnvExample:
    def test_lists_what_is_read_and_nothing_else(self):
        settings = ROOT / "flasky_site/settings"
        source = "".join(
            (settings / name).read_text() for name in ("prod.py", "server.py")
        )
        example = (ROOT / ".env.example").read_text()

        read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', source))
        listed = set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))

        assert read == listed
