"""What the API says when something is wrong."""

import pytest
from django.test import Client

from tests.factories import PostFactory

PROBLEM = "application/problem+json"


@pytest.mark.django_db
class TestErrors:
    @pytest.mark.parametrize(
        ("method", "path", "status"),
        [
            ("GET", "posts/1", 404),
            ("GET", "nothing/", 404),
            ("POST", "/api/", 404),
            ("GET", "/api", 404),
            ("GET", "/api/v2/posts/", 404),
            ("DELETE", "posts/", 405),
            ("TRACE", "posts/", 405),
            ("BREW", "posts/", 405),
            ("POST", "posts/", 401),
            ("GET", "users/me", 401),
            ("POST", "schema/", 405),
            ("DELETE", "docs/", 405),
        ],
    )
    def test_have_one_shape(self, anybody, method, path, status):
        response = anybody.send(method, path)

        assert response.status_code == status
        assert response["Content-Type"] == PROBLEM
        problem = response.json()
        assert problem["status"] == status
        assert problem["type"] == "about:blank"
        assert problem["title"]
        assert problem["detail"]

    def test_are_said_in_json_by_a_crash_too(self, monkeypatch):
        monkeypatch.setattr("api.views.posts._all_posts", lambda *query: 1 / 0)

        response = Client(raise_request_exception=False).get("/api/v1/posts/")

        assert response.status_code == 500
        assert response["Content-Type"] == PROBLEM
        assert response.json()["detail"]

    def test_are_said_in_json_under_debug_too(self, client, settings):
        settings.DEBUG = True

        response = client.get("/api/v1/nothing/", headers={"Accept": "text/html"})

        assert response.status_code == 404
        assert response["Content-Type"] == PROBLEM

    def test_are_no_matter_of_csrf_where_nothing_is_written(self, db):
        client = Client(enforce_csrf_checks=True)

        for address in ("docs/", "schema/"):
            assert client.post(f"/api/v1/{address}").status_code == 405

    def test_name_the_methods_there_are(self, anybody):
        response = anybody.send("DELETE", "posts/")

        assert response["Allow"] == "GET, POST, HEAD, OPTIONS"

    def test_answer_413_to_ten_megabytes(self, alice_api):
        response = alice_api.send("POST", "posts/", {"body": "x" * 10_000_000})

        assert response.status_code == 413
        assert response["Content-Type"] == PROBLEM

    def test_answer_406_to_who_wants_a_picture(self, anybody):
        response = anybody.get("posts/", headers={"Accept": "image/png"})

        assert response.status_code == 406
        assert response["Content-Type"] == PROBLEM

    def test_say_409_where_a_rule_says_no(self, alice_api):
        post = PostFactory(is_closed=True)

        response = alice_api.send("POST", f"posts/{post.pk}/comments/", {"body": "Hi"})

        assert response.status_code == 409
        assert "no more comments" in response.json()["detail"]
