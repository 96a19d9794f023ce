from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse, UnreadablePostError
from django.shortcuts import redirect
from django.test import RequestFactory
from django.urls import path

from flasky_site import urls as ours
from flasky_site.lib.decorators import takes_bodies_of
from flasky_site.lib.errors import DomainError
from flasky_site.lib.middleware import BodySizeMiddleware


def hang_up(*args):
    raise UnreadablePostError


class NotToday(DomainError):
    message = "Not today."


def refuse(request):
    raise NotToday


def move(request):
    response = redirect("/there/")
    response.set_cookie("moved", "yes")
    return response


def crash(request):
    raise RuntimeError("a bug")


@takes_bodies_of(3_000_000)
def weigh(request):
    return HttpResponse(len(request.FILES["file"]))


handler400 = ours.handler400
handler403 = ours.handler403
handler404 = ours.handler404
handler500 = ours.handler500
urlpatterns = [
    *ours.urlpatterns,
    path("refuse/", refuse),
    path("crash/", crash),
    path("move/", move),
    path("weigh/", weigh),
]


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

    def test_lets_htmx_load_the_page_again_that_says_it(self, client):
        response = client.post("/refuse/", headers={"HX-Request": "true"})

        assert (response.status_code, response["HX-Refresh"]) == (204, "true")
        assert "Not today." in client.get("/").content.decode()

    def test_answers_programs_with_409(self, client):
        response = client.post("/refuse/", headers={"Accept": "application/json"})

        assert response.status_code == 409
        assert response["Content-Type"] == "application/problem+json"
        assert response.json() == {
            "type": "about:blank",
            "title": "Conflict",
            "status": 409,
            "error": "conflict",
            "detail": "Not today.",
        }

    def test_leaves_bugs_to_the_500_page(self, client):
        client.raise_request_exception = False

        response = client.get("/crash/")

        assert response.status_code == 500
        assert "text/html" in response["Content-Type"]

    def test_leaves_bugs_in_json_to_programs(self, client):
        client.raise_request_exception = False

        response = client.get("/crash/", headers={"Accept": "application/json"})

        assert response.json()["error"] == "internal server error"


class TestHtmxRedirectMiddleware:
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_lets_htmx_open_the_whole_page(self, client, method):
        response = getattr(client, method)("/move/", headers={"HX-Request": "true"})

        assert (response.status_code, response["HX-Redirect"]) == (204, "/there/")
        assert "Location" not in response
        assert "HX-Request" in response["Vary"]
        assert response.cookies["moved"].value == "yes"

    def test_leaves_browsers_alone(self, client):
        response = client.get("/move/")

        assert (response.status_code, response["Location"]) == (302, "/there/")
        assert "HX-Redirect" not in response


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
        assert response.json()["error"] == "too large"

    @pytest.mark.django_db
    def test_answers_413_where_there_is_no_page(self, client):
        assert client.post("/nowhere/", {"body": "x" * 2_000_000}).status_code == 413

    def test_lets_a_view_take_larger_bodies(self, client):
        file = SimpleUploadedFile("file", b"x" * 2_000_000)

        response = client.post("/weigh/", {"file": file})

        assert response.content == b"2000000"

    @pytest.mark.django_db
    def test_answers_413_to_a_body_that_is_too_large_even_there(self, client):
        file = SimpleUploadedFile("file", b"x" * 3_000_000)

        assert client.post("/weigh/", {"file": file}).status_code == 413

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


@pytest.mark.django_db
class TestFormEncodingMiddleware:
    def test_refuses_what_is_packed_and_reads_what_is_not(self, as_alice):
        kind = "application/x-www-form-urlencoded"

        packed, plain = (
            as_alice.post("/", b"body=x", kind, headers={"Content-Encoding": coding})
            for coding in ("gzip", "identity")
        )

        assert (packed.status_code, plain.status_code) == (415, 302)

    def test_tells_programs_in_json(self, client):
        headers = {"Content-Encoding": "br"}

        answer = client.post(
            "/api/v1/posts/", b"{}", "application/json", headers=headers
        )

        assert answer.status_code == 415
        assert answer.json()["error"] == "unsupported media type"

    def send(self, client, **extra):
        return client.post(
            "/auth/login/",
            "login=alice&password=wrong",
            content_type="application/x-www-form-urlencoded",
            **extra,
        )

    def test_lets_a_whole_form_pass(self, client):
        assert self.send(client).status_code == 422

    def test_takes_no_form_of_which_a_part_is_missing(self, client):
        cut_off = {"wsgi.input": BytesIO(b"login=alice&pass")}

        assert self.send(client, **cut_off).status_code == 400
