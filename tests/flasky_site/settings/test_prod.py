import ast

import pytest

from .starts import COMPLETE, start_production


class TestProductionSettings:
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
