"""Forms, addresses, headers and origins: the same for every address."""

import re

import pytest

from tests.factories import PostFactory


@pytest.mark.django_db
class TestForms:
    @pytest.mark.parametrize(
        "accept", ["", "*/*", "application/json", "application/json, */*;q=0.5"]
    )
    def test_are_json_unless_a_page_is_asked_for(self, client, accept):
        response = client.get("/api/v1/posts/", headers={"Accept": accept})

        assert response["Content-Type"] == "application/json"

    @pytest.mark.parametrize("address", ["", "posts/", "posts/1", "users/me"])
    def test_are_pages_for_browsers(self, as_alice, alice, address):
        PostFactory(id=1, author=alice)

        page = as_alice.get(
            f"/api/v1/{address}", headers={"Accept": "text/html,*/*;q=0.8"}
        )

        assert page.status_code == 200
        assert page["Content-Type"].startswith("text/html")
        assert "<style" not in page.content.decode()

    @pytest.mark.parametrize("address", ["", "posts/1", "nothing", "docs/"])
    def test_are_pages_that_run_nothing_but_files_of_ours(
        self, as_alice, alice, address
    ):
        PostFactory(id=1, author=alice, body="<script>alert(1)</script>")

        page = as_alice.get(
            f"/api/v1/{address}?<script>alert(2)</script>",
            headers={"Accept": "text/html"},
        )

        policy = page["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        content = page.content.decode()
        assert "<script>alert" not in content
        inline = re.findall(r"<script(?![^>]* src=)([^>]*)>", content)
        assert all('type="application/json"' in attributes for attributes in inline)
        assert not re.search(r"<style|\son\w+=", content)

    def test_are_a_page_that_says_what_is_wrong(self, client):
        page = client.get("/api/v1/posts/1", headers={"Accept": "text/html"})

        assert page.status_code == 404
        assert page["Content-Type"].startswith("text/html")


@pytest.mark.django_db
class TestAddresses:
    def test_are_the_same_under_the_older_version(self, anybody):
        PostFactory()

        assert (
            anybody.get("/api/v1.0/posts/").content
            == anybody.get("/api/v1/posts/").content
        )

    def test_of_collections_lead_to_their_last_slash(self, anybody):
        response = anybody.get("/api/v1/posts?page=2")

        assert response.status_code == 301
        assert response["Location"] == "/api/v1/posts/?page=2"

    def test_of_collections_do_not_lose_what_is_sent(self, alice_api):
        response = alice_api.send("POST", "posts", {"body": "Hello"})

        assert (response.status_code, response["Location"]) == (308, "/api/v1/posts/")


@pytest.mark.django_db
class TestHeaders:
    def test_keep_what_a_member_reads_out_of_every_cache(self, alice_api, anybody):
        assert "no-store" in alice_api.get("posts/")["Cache-Control"]
        assert "no-store" in alice_api.get("posts/1")["Cache-Control"]
        assert "no-store" not in anybody.get("posts/").get("Cache-Control", "")

    def test_tell_caches_what_an_answer_depends_on(self, anybody):
        vary = {part.strip() for part in anybody.get("posts/")["Vary"].split(",")}

        assert {"Accept", "Authorization", "Cookie", "origin"} <= vary

    def test_set_no_cookie(self, anybody, alice_api):
        assert not anybody.get("posts/").cookies
        assert not alice_api.get("posts/").cookies

    @pytest.mark.parametrize(
        ("path", "allowed"),
        [
            ("posts/", "GET, POST, HEAD, OPTIONS"),
            ("schema/", "GET, HEAD, OPTIONS"),
            ("docs/", "GET, HEAD, OPTIONS"),
        ],
    )
    def test_say_what_there_is_to_options(self, anybody, path, allowed):
        response = anybody.send("OPTIONS", path)

        assert response.status_code == 204
        assert response["Allow"] == allowed

    def test_come_without_a_body_to_head(self, anybody):
        PostFactory()

        response = anybody.head("/api/v1/posts/")

        assert (response.status_code, response.content) == (200, b"")
        assert response["ETag"]


@pytest.mark.django_db
class TestOrigins:
    ORIGIN = "https://app.example.com"

    def test_are_let_in_by_the_operator_alone(self, client, settings):
        headers = {"Origin": self.ORIGIN}

        assert "Access-Control-Allow-Origin" not in client.get(
            "/api/v1/posts/", headers=headers
        )

        settings.CORS_ALLOWED_ORIGINS = [self.ORIGIN]
        answer = client.get("/api/v1/posts/", headers=headers)
        assert answer["Access-Control-Allow-Origin"] == self.ORIGIN
        assert "Access-Control-Allow-Credentials" not in answer
        assert "Access-Control-Allow-Origin" not in client.get("/", headers=headers)
