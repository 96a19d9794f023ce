import pytest
from django.http import HttpResponse, UnreadablePostError
from django.test import RequestFactory
from django.urls import path

from flasky_site import urls as ours
from flasky_site.lib.errors import DomainError
from flasky_site.lib.middleware import BodySizeMiddleware


def hang_up(*args):
    raise UnreadablePostError


class NotToday(DomainError):
    message = "Not today."


def refuse(request):
    raise NotToday


def crash(request):
    raise RuntimeError("a bug")


handler400 = ours.handler400
handler403 = ours.handler403
handler404 = ours.handler404
handler500 = ours.handler500
urlpatterns = [*ours.urlpatterns, path("refuse/", refuse), path("crash/", crash)]


@pytest.fixture(autouse=True)
def _our_urls(settings):
    settings.ROOT_URLCONF = __name__


@pytest.mark.django_db
class TestDomainErrorMiddleware:
    def test_says_the_rule_on_the_page_it_was_broken_on(self, client):
        here = "http://testserver/auth/login/"

        response = client.post("/refuse/", headers={"Referer": here})

        assert response.url == here
        assert "Not today." in client.get(response.url).content.decode()

    @pytest.mark.parametrize(
        "elsewhere",
        ["https://evil.example/", "//evil.example/", "", "javascript:alert(1)"],
    )
    def test_goes_home_rather_than_elsewhere(self, client, elsewhere):
        response = client.post("/refuse/", headers={"Referer": elsewhere})

        assert response.url == "/"

    def test_answers_programs_with_409(self, client):
        response = client.post("/refuse/", headers={"Accept": "application/json"})

        assert response.status_code == 409
        assert response.json() == {"error": "conflict", "message": "Not today."}

    def test_leaves_bugs_to_the_500_page(self, client):
        client.raise_request_exception = False

        response = client.get("/crash/")

        assert response.status_code == 500
        assert "text/html" in response["Content-Type"]

    def test_leaves_bugs_in_json_to_programs(self, client):
        client.raise_request_exception = False

        response = client.get("/crash/", headers={"Accept": "application/json"})

        assert response.json() == {"error": "internal server error"}


class TestBodySizeMiddleware:
    @pytest.mark.django_db
    def test_answers_413_to_ten_megabytes(self, client):
        response = client.post("/", {"body": "x" * 10_000_000})

        assert response.status_code == 413
        assert "text/html" in response["Content-Type"]

    @pytest.mark.django_db
    def test_answers_413_in_json_to_programs(self, client):
        response = client.post(
            "/", {"body": "x" * 2_000_000}, headers={"Accept": "application/json"}
        )

        assert response.status_code == 413
        assert response.json() == {"error": "too large"}

    def test_is_not_troubled_by_a_visitor_who_hangs_up(
        self, rf: RequestFactory, monkeypatch
    ):
        request = rf.post("/", {"body": "x" * 2_000_000})
        monkeypatch.setattr(request, "read", hang_up)

        response = BodySizeMiddleware(lambda request: HttpResponse())(request)

        assert response.status_code == 413

    def test_reads_what_is_still_being_sent(self, rf: RequestFactory):
        request = rf.post("/", {"body": "x" * 2_000_000})

        response = BodySizeMiddleware(lambda request: HttpResponse())(request)

        assert response.status_code == 413
        assert request.read(1) == b""

    @pytest.mark.django_db
    @pytest.mark.parametrize("length", ["", "abc", "-5", "0", "000", "0" * 5000])
    def test_passes_by_lengths_that_are_none(self, client, length):
        assert client.get("/", headers={"Content-Length": length}).status_code == 200

    @pytest.mark.django_db
    @pytest.mark.parametrize("length", ["9" * 5000, "0001048577", "1048577"])
    def test_answers_413_to_any_number_over_the_limit(self, client, length):
        response = client.post(
            "/", b"x" * 1_048_577, "text/plain", headers={"Content-Length": length}
        )

        assert response.status_code == 413
