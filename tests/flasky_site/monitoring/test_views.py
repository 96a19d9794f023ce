import threading

import pytest
from django.core.cache import caches
from django.db import OperationalError, connection, connections
from django.db.migrations.recorder import MigrationRecorder
from redis.exceptions import ConnectionError as NoRedis

from flasky_site.monitoring import readiness

TOKEN = "t" * 40


def fail_with(error):
    def fail(*arguments, **options):
        raise error

    return fail


class TestHealthz:
    def test_says_that_the_process_lives_without_the_database(self, client):
        # No access to the database here: a query would raise.
        response = client.get("/healthz")

        assert response.status_code == 200
        assert response.json() == {"status": "alive"}
        assert "no-store" in response["Cache-Control"]

    def test_is_answered_to_any_host_without_https(self, client, settings):
        settings.SECURE_SSL_REDIRECT = True
        settings.SECURE_REDIRECT_EXEMPT = [r"^healthz$"]

        response = client.get("/healthz", headers={"Host": "10.0.0.7:8000"})

        assert response.status_code == 200

    def test_takes_no_post(self, client):
        assert client.post("/healthz").status_code == 405


@pytest.mark.django_db(transaction=True)
class TestReadyz:
    def test_says_that_pages_can_be_served(self, client):
        response = client.get("/readyz")

        assert response.status_code == 200, response.text
        assert response.json() == {"status": "ready"}
        assert "no-store" in response["Cache-Control"]

    def test_gives_back_the_connection_that_it_took(self, client, monkeypatch):
        kind, closed_in = type(connections["default"]), []
        close = kind.close

        def note(wrapper):
            closed_in.append(threading.current_thread())
            close(wrapper)

        monkeypatch.setattr(kind, "close", note)
        client.get("/readyz")

        assert set(closed_in) - {threading.current_thread()}

    def test_names_the_database_when_it_fails(self, client, monkeypatch):
        monkeypatch.setattr(
            "django.db.backends.base.base.BaseDatabaseWrapper.cursor",
            fail_with(OperationalError("password=secret")),
        )

        response = client.get("/readyz")

        assert response.status_code == 503
        assert response.json() == {
            "status": "not ready",
            "failed": {"database": "OperationalError"},
        }
        assert "no-store" in response["Cache-Control"]

    def test_names_the_cache_when_it_fails(self, client, monkeypatch):
        kind = type(caches["default"])
        monkeypatch.setattr(kind, "set", fail_with(NoRedis()))

        response = client.get("/readyz")

        assert response.status_code == 503
        assert response.json()["failed"] == {"cache": "ConnectionError"}

    def test_names_the_cache_when_it_forgets(self, client, settings):
        settings.CACHES = {
            "default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
        }

        response = client.get("/readyz")

        assert response.json()["failed"] == {"cache": "it forgets"}

    def test_waits_for_migrations(self, client):
        applied = MigrationRecorder.Migration.objects.filter(app="mail").last()
        app, name = applied.app, applied.name
        applied.delete()

        response = client.get("/readyz")
        MigrationRecorder(connection).record_applied(app, name)
        readiness.CHECKS["database"].forget()

        assert response.json()["failed"] == {"database": "migrations are missing"}
        assert client.get("/readyz").status_code == 200

    def test_does_not_wait_for_what_hangs(self, client, monkeypatch):
        monkeypatch.setattr(readiness, "PATIENCE_SECONDS", 0.05)
        go_on, looks = threading.Event(), []

        def hang():
            looks.append("look")
            go_on.wait(10)
            return ""

        monkeypatch.setitem(readiness.CHECKS, "cache", readiness.Check(hang))
        # A busy machine's database may take longer than that.
        monkeypatch.setitem(readiness.CHECKS, "database", readiness.Check(str))
        answers = [client.get("/readyz") for _ in range(3)]
        go_on.set()

        failed = {"cache": "no answer in 0.05 s"}
        assert [answer.json()["failed"] for answer in answers] == [failed] * 3
        assert len(looks) == 1

    def test_looks_again_after_an_error_that_nobody_thought_of(
        self, client, monkeypatch
    ):
        monkeypatch.setattr(readiness, "_KEPT_SECONDS", 0)
        monkeypatch.setattr(readiness, "PATIENCE_SECONDS", 5)
        looks = iter([ZeroDivisionError, None])

        def look():
            if error := next(looks):
                raise error
            return ""

        monkeypatch.setitem(readiness.CHECKS, "cache", readiness.Check(look))

        assert client.get("/readyz").json()["failed"] == {"cache": "ZeroDivisionError"}
        assert client.get("/readyz").status_code == 200

    def test_looks_again_when_there_was_no_thread_to_look(self, client, monkeypatch):
        monkeypatch.setattr(readiness, "_KEPT_SECONDS", 0)
        check = readiness.Check(lambda: "")
        monkeypatch.setitem(readiness.CHECKS, "cache", check)

        def fail(thread):
            raise RuntimeError("can't start new thread")

        with monkeypatch.context() as patch:
            patch.setattr(threading.Thread, "start", fail)
            assert check.ask().result(0) == "RuntimeError"
        assert client.get("/readyz").status_code == 200

    def test_looks_once_however_often_it_is_asked(self, client, monkeypatch):
        looks = []

        def look():
            looks.append("look")
            return ""

        monkeypatch.setitem(readiness.CHECKS, "cache", readiness.Check(look))
        for _ in range(5):
            client.get("/readyz")

        assert len(looks) == 1

    def test_tells_the_log_what_fails_and_mails_nobody(
        self, client, monkeypatch, production_log, mailed_errors, settings
    ):
        settings.FLASKY_ADMIN = ["operator@example.com"]
        check = readiness.Check(lambda: "it forgets")
        monkeypatch.setitem(readiness.CHECKS, "cache", check)

        client.get("/readyz")

        warning, request = production_log.lines
        assert warning["event"] == "Not ready: cache (it forgets)"
        assert (request["route"], request["status"]) == ("readyz", 503)
        assert not mailed_errors


@pytest.mark.django_db
class TestMetrics:
    @pytest.fixture
    def _token(self, settings):
        settings.METRICS_TOKEN = TOKEN

    @pytest.mark.usefixtures("_token")
    @pytest.mark.parametrize("scheme", ["Bearer", "bearer"])
    def test_are_for_who_shows_the_token(self, scheme, client):
        response = client.get(
            "/metrics", headers={"Authorization": f"{scheme} {TOKEN}"}
        )

        assert response.status_code == 200
        assert "flasky_http_requests_total" in response.text
        assert response["Content-Type"].startswith("text/plain")
        assert "no-store" in response["Cache-Control"]

    @pytest.mark.usefixtures("_token")
    @pytest.mark.parametrize(
        "shown",
        ["", "Bearer", "Bearer ", f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer é"],
    )
    def test_are_not_there_for_anybody_else(self, shown, client):
        response = client.get("/metrics", HTTP_AUTHORIZATION=shown)

        assert response.status_code == 404

    @pytest.mark.parametrize("shown", ["", "Bearer", "Bearer "])
    def test_are_not_there_for_no_token_where_there_is_none(self, shown, client):
        response = client.get("/metrics", HTTP_AUTHORIZATION=shown)

        assert response.status_code == 404

    @pytest.mark.parametrize(
        ("address", "status"),
        [
            ("10.1.2.3", 200),
            ("::ffff:10.1.2.3", 200),
            ("2001:db8::1", 200),
            ("11.1.2.3", 404),
            ("2001:db9::1", 404),
            ("", 404),
        ],
    )
    def test_are_for_addresses_of_the_networks_named(
        self, address, status, client, settings
    ):
        settings.METRICS_ALLOWED_IPS = ["10.0.0.0/8", "2001:db8::1"]

        assert client.get("/metrics", REMOTE_ADDR=address).status_code == status

    @pytest.mark.parametrize(
        ("forwarded", "status"),
        [("10.1.2.3", 200), ("10.1.2.3, 8.8.8.8", 404), ("8.8.8.8", 404)],
    )
    def test_believe_the_proxy_alone_about_the_address(
        self, forwarded, status, client, settings
    ):
        settings.METRICS_ALLOWED_IPS = ["10.0.0.0/8"]
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

        response = client.get(
            "/metrics", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded
        )

        assert response.status_code == status

    def test_do_not_break_on_a_chain_that_is_too_short(self, client, settings):
        settings.METRICS_ALLOWED_IPS = ["10.0.0.0/8"]
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2

        response = client.get("/metrics", HTTP_X_FORWARDED_FOR="10.0.0.1")

        assert response.status_code == 404
