import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.test import RequestFactory
from psycopg.errors import DeadlockDetected

from flasky_site import error_pages

JSON = {"Accept": "application/json"}


def without_database(view, request):
    # As the check of the CSRF token does.
    assert request.POST is not None
    raise OperationalError("connection refused")


def request_of(**headers):
    request = RequestFactory().get("/somewhere/", headers=headers)
    request.user = AnonymousUser()
    return request


@pytest.fixture
def page():
    return request_of()


@pytest.fixture
def program():
    return request_of(**JSON)


@pytest.mark.django_db
class TestHandlers:
    @pytest.mark.parametrize(
        ("handler", "arguments", "status", "error"),
        [
            ("bad_request", [SuspiciousOperation()], 400, "bad request"),
            ("bad_request", [RequestDataTooBig()], 413, "too large"),
            ("permission_denied", [Exception()], 403, "forbidden"),
            ("page_not_found", [Exception()], 404, "not found"),
            ("too_many_requests", [], 429, "too many requests"),
            ("server_error", [], 500, "internal server error"),
            ("csrf_failure", [], 403, "forbidden"),
        ],
    )
    def test_answer_people_with_a_page_and_programs_with_json(
        self, page, program, handler, arguments, status, error
    ):
        answer = getattr(error_pages, handler)

        for_people = answer(page, *arguments)
        for_programs = answer(program, *arguments)

        assert for_people.status_code == for_programs.status_code == status
        assert for_people["Content-Type"].startswith("text/html")
        assert for_people.content.strip()
        assert for_programs["Content-Type"] == "application/problem+json"
        assert f'"error": "{error}"' in for_programs.content.decode()


class TestServerError:
    def test_needs_no_database(self, page):
        assert error_pages.server_error(page).status_code == 500

    @pytest.mark.parametrize(
        ("headers", "kind", "words"),
        [
            ({}, "text/html; charset=utf-8", "back in a moment"),
            (JSON, "application/problem+json", '"error": "service unavailable"'),
        ],
    )
    def test_asks_to_come_back_when_the_database_is_away(
        self, client, monkeypatch, headers, kind, words
    ):
        monkeypatch.setattr("social.views.home.HomeView.get", without_database)
        client.raise_request_exception = False

        response = client.get("/", headers=headers)

        assert response.status_code == 503
        assert response["Content-Type"] == kind
        assert int(response["Retry-After"]) > 0
        assert response["Cache-Control"] == "no-store"
        assert words in response.content.decode()
        assert "refused" not in response.content.decode()

    def test_gives_back_what_was_written_when_the_database_goes(
        self, client, monkeypatch
    ):
        monkeypatch.setattr("social.views.home.HomeView.post", without_database)
        client.raise_request_exception = False

        response = client.post("/", {"body": "Three hours of work"})

        assert response.status_code == 503
        assert "Three hours of work" in response.content.decode()


def meet_a_deadlock(**arguments):
    error = OperationalError("deadlock detected")
    raise error from DeadlockDetected()


@pytest.mark.django_db
class TestDeadlocks:
    @pytest.fixture(autouse=True)
    def _deadlocks(self, monkeypatch, as_alice):
        monkeypatch.setattr("blog.services.create_post", meet_a_deadlock)
        as_alice.raise_request_exception = False

    def test_give_back_what_was_written(self, as_alice):
        response = as_alice.post("/", {"body": "Three hours & more"})

        assert response.status_code == 503
        assert int(response["Retry-After"]) > 0
        assert "Three hours &amp; more" in response.content.decode()
        assert "deadlock" not in response.content.decode()

    def test_are_a_problem_for_programs(self, as_alice):
        response = as_alice.post(
            "/api/v1/posts/", {"body": "Words"}, content_type="application/json"
        )

        assert response.status_code == 503
        assert response["Content-Type"] == "application/problem+json"
        assert int(response["Retry-After"]) > 0
        assert response.json()["error"] == "service unavailable"


@pytest.mark.django_db
class TestAddressesThatAreNot:
    def test_are_404_for_people(self, client):
        response = client.get("/nothing-here/")

        assert response.status_code == 404
        assert "404.html" in [template.name for template in response.templates]

    @pytest.mark.parametrize(
        ("address", "headers"),
        [("/nothing-here/", JSON), ("/api/v1/nothing-here/", {})],
    )
    def test_are_404_in_json_for_programs(self, client, address, headers):
        response = client.get(address, headers=headers)

        assert response.status_code == 404
        assert response.json()["error"] == "not found"


class TestHeaders:
    @pytest.mark.django_db
    def test_allow_nothing_from_elsewhere(self, client):
        policy = client.get("/")["Content-Security-Policy"]

        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy


class TestPageNotFound:
    @pytest.mark.django_db
    @pytest.mark.parametrize(
        "content_type",
        ["multipart/form-data", "multipart/form-data; boundary=x", "text/plain"],
    )
    def test_reads_nothing_that_was_sent_to_no_address(self, client, content_type):
        response = client.post(
            "/nowhere/", b"body=sesquipedalian", content_type=content_type
        )

        assert response.status_code == 404
        assert "sesquipedalian" not in response.content.decode()

    @pytest.mark.django_db
    def test_gives_back_what_was_written_about_something_that_is_gone(self, as_alice):
        response = as_alice.post("/post/1/", {"body": "A long & quiet thought"})

        assert response.status_code == 404
        assert "A long &amp; quiet thought" in response.content.decode()
