import logging
import re
from uuid import uuid4

import pytest

from tests.factories import PostFactory, UserFactory

WRONG = "tests.flasky_site.monitoring.urls"
OURS = r"[0-9a-f]{32}"


@pytest.fixture(autouse=True)
def _addresses(settings):
    settings.ROOT_URLCONF = WRONG


@pytest.mark.django_db
class TestRequestLine:
    def test_tells_what_was_asked_and_what_it_cost(self, client, production_log):
        PostFactory(id=1)

        response = client.get("/post/1/")

        (line,) = production_log.requests
        assert line.pop("ms") > 0
        assert line.pop("query_ms") > 0
        assert line.pop("queries") > 0
        assert re.match(r"20\d\d-\d\d-\d\dT[\d:]{8}\.\d{3}\+00:00$", line.pop("at"))
        assert line == {
            "level": "info",
            "event": "request",
            "request_id": response["X-Request-ID"],
            "route": "blog:post_detail",
            "method": "GET",
            "status": 200,
        }

    def test_counts_the_queries_of_its_request_alone(self, client, production_log):
        UserFactory()
        client.get("/ask/alice/")
        client.get("/ask/alice/")

        assert [line["queries"] for line in production_log.requests] == [1, 1]

    @pytest.mark.parametrize(
        ("address", "status", "route"),
        [
            ("/nothing/here/", 404, "none"),
            ("/fail/alice/", 500, "fail"),
            ("/refuse/alice/", 403, "refuse"),
            ("/unnamed/alice/", 200, "unnamed/<name>/"),
            ("/static/css/nothing.css", 404, "static"),
            ("/healthz/", 404, "none"),
        ],
    )
    def test_is_written_whatever_the_answer(
        self, address, status, route, client, production_log
    ):
        client.raise_request_exception = False

        client.get(address)

        (line,) = production_log.requests
        assert (line["status"], line["route"]) == (status, route)

    def test_is_written_for_what_a_middleware_refuses(self, client, production_log):
        client.post(
            "/post/1/",
            b"body=\xff",
            content_type="application/x-www-form-urlencoded",
        )

        (line,) = production_log.requests
        assert (line["status"], line["route"]) == (400, "blog:post_detail")

    def test_is_written_for_a_host_that_is_not_ours(self, client, production_log):
        client.get("/", headers={"Host": "evil.example.com"})

        refusal, line = production_log.lines
        assert refusal["event"] == "Refused: DisallowedHost"
        assert "error" not in refusal
        assert line["status"] == 400

    def test_calls_made_up_methods_other(self, client, production_log):
        client.generic("MARKED", "/")

        (line,) = production_log.requests
        assert line["method"] == "OTHER"

    def test_is_left_out_for_probes_that_succeed(self, client, production_log):
        client.get("/healthz")
        client.get("/readyz")

        assert production_log.text == ""


class TestRequestId:
    def test_is_another_one_for_each_request(self, client):
        ids = {client.get("/healthz")["X-Request-ID"] for _ in range(3)}

        assert len(ids) == 3
        assert all(re.fullmatch(OURS, given) for given in ids)

    @pytest.mark.parametrize(
        "given",
        ["9b2e6f0c8d1a4e57a3c4d5e6f7081920", "9b2e6f0c-8d1a-4e57-a3c4-d5e6f7081920"],
    )
    def test_is_that_of_a_proxy(self, given, client, settings):
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

        response = client.get("/healthz", headers={"X-Request-ID": given})

        assert response["X-Request-ID"] == given

    @pytest.mark.parametrize(
        "given", ["", "mine", "a" * 31, f"{'a' * 32}\n", "a" * 64, "é" * 32, "z" * 32]
    )
    def test_is_our_own_when_the_proxys_has_no_form(self, given, client, settings):
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

        response = client.get("/healthz", HTTP_X_REQUEST_ID=given)

        assert re.fullmatch(OURS, response["X-Request-ID"])
        assert response["X-Request-ID"] != given

    def test_is_our_own_without_a_proxy(self, client):
        given = uuid4().hex

        response = client.get("/healthz", headers={"X-Request-ID": given})

        assert response["X-Request-ID"] != given

    def test_is_in_every_record_of_its_request(self, client, production_log):
        response = client.get("/complain/alice/")

        complaint, request = production_log.lines
        assert complaint["request_id"] == request["request_id"]
        assert complaint["request_id"] == response["X-Request-ID"]
        assert complaint["route"] == "complain"

    @pytest.mark.django_db
    def test_is_in_what_django_reports_after_the_last_middleware(
        self, client, production_log
    ):
        client.raise_request_exception = False

        response = client.get("/fail/alice/")

        failures = production_log.events("Internal Server Error")
        assert failures
        assert {line["request_id"] for line in failures} == {response["X-Request-ID"]}

    def test_ends_with_its_request(self, client, production_log):
        client.get("/healthz")

        logging.getLogger("blog").error("later")
        assert "request_id" not in production_log.lines[-1]


@pytest.mark.django_db
class TestServerTiming:
    def test_tells_developers_where_the_time_went(self, client, settings):
        settings.DEBUG = True

        timing = client.get("/ask/alice/")["Server-Timing"]

        assert re.fullmatch(
            r"total;dur=[\d.]+, "
            r'db;dur=[\d.]+;desc="1 queries", '
            r"template;dur=[\d.]+",
            timing,
        )

    def test_tells_nobody_else(self, client):
        assert "Server-Timing" not in client.get("/ask/alice/")
