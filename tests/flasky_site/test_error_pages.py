import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.test import RequestFactory

from flasky_site import error_pages

JSON = {"Accept": "application/json"}


@pytest.fixture
def page():
    return RequestFactory().get("/somewhere/")


@pytest.fixture
def program():
    return RequestFactory().get("/somewhere/", headers=JSON)


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
        assert for_programs["Content-Type"] == "application/json"
        assert f'"error": "{error}"' in for_programs.content.decode()


class TestServerError:
    def test_needs_no_database(self, page):
        assert error_pages.server_error(page).status_code == 500


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
        assert response.json() == {"error": "not found"}


class TestHeaders:
    @pytest.mark.django_db
    def test_allow_nothing_from_elsewhere(self, client):
        policy = client.get("/")["Content-Security-Policy"]

        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
