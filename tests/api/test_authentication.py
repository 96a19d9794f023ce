from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.models.tokens import ApiToken
from tests.api.client import ApiClient, basic
from tests.factories import UserFactory
from tests.factories.accounts import PASSWORD
from tests.factories.tokens import token_of
from tests.second_factors import give_app


def who(authorization, **headers):
    return ApiClient(authorization, headers=headers).get("users/me")


@pytest.mark.django_db
class TestCredentials:
    @pytest.mark.parametrize("name", ["alice", "ALICE", "alice@example.com"])
    def test_may_be_a_name_or_an_address_with_the_password(self, alice, name):
        assert who(basic(name, PASSWORD)).json()["username"] == "alice"

    def test_may_be_a_token_as_the_name_with_no_password(self, alice):
        assert who(basic(token_of(alice)[1])).json()["username"] == "alice"

    def test_may_be_a_token_as_bearer(self, alice):
        assert who(f"Bearer {token_of(alice)[1]}").json()["username"] == "alice"

    def test_may_be_empty_for_anybody(self, db):
        client = ApiClient(basic("", ""))

        assert client.get("posts/").status_code == 200
        assert client.get("users/me").status_code == 401

    @pytest.mark.parametrize(
        "wrong",
        [
            basic("alice", "wrong"),
            basic("nobody", PASSWORD),
            basic("al\0ice", PASSWORD),
            basic("flasky_wrong"),
            "Bearer flasky_wrong",
            "Bearer",
            "Bearer \udcff",
            "Basic",
            "Basic %%%",
            "Basic /w==",
            "Digest username=alice",
        ],
    )
    def test_are_refused_with_401_when_they_are_wrong(self, alice, wrong):
        response = ApiClient(wrong).get("posts/")

        assert response.status_code == 401
        assert 'Basic realm="Flasky"' in response["WWW-Authenticate"]
        assert response.json()["error"] == "unauthorized"

    def test_go_before_a_session(self, as_alice, bob):
        response = as_alice.get(
            "/api/v1/users/me",
            headers={"Authorization": f"Bearer {token_of(bob)[1]}"},
        )

        assert response.json()["username"] == "bob"


@pytest.mark.django_db
class TestPassword:
    def test_counts_when_it_is_wrong_as_in_the_log_in_form(self, alice, client):
        for _time in range(5):
            who(basic("alice", "wrong"))

        response = who(basic("alice@example.com", PASSWORD))

        assert response.status_code == 429
        assert 0 < int(response["Retry-After"]) <= 300
        form = {"login": "alice", "password": PASSWORD}
        page = client.post("/auth/login/", form)
        assert "Too many attempts" in page.content.decode()

    def test_does_not_count_when_it_is_right(self, alice):
        statuses = {who(basic("alice", PASSWORD)).status_code for _time in range(12)}

        assert statuses == {200}

    def test_is_not_enough_for_who_has_a_second_step(self, alice):
        give_app(alice)

        response = who(basic("alice", PASSWORD))

        assert response.status_code == 401
        assert "Use a token" in response.json()["detail"]
        assert who(basic(token_of(alice)[1])).status_code == 200


@pytest.mark.django_db
class TestToken:
    @pytest.mark.parametrize(
        ("end", "status"),
        [
            (lambda token: token.delete(), 401),
            (lambda token: ApiToken.objects.update(expires_at=timezone.now()), 401),
            (lambda token: User.objects.update(is_active=False), 401),
            (lambda token: User.objects.update(suspended_at=timezone.now()), 403),
            (lambda token: User.objects.update(confirmed_at=None), 403),
        ],
    )
    def test_is_refused_at_the_very_next_request(self, alice, end, status):
        token, secret = token_of(alice)
        client = ApiClient(f"Bearer {secret}")
        assert client.get("posts/").status_code == 200

        end(token)

        assert client.get("posts/").status_code == status

    def test_is_noted_as_used_at_most_once_a_minute(
        self, alice, django_assert_num_queries
    ):
        token, secret = token_of(alice)

        with django_assert_num_queries(2):  # the token; noting it
            who(f"Bearer {secret}")
        with django_assert_num_queries(1):
            who(f"Bearer {secret}")

        token.refresh_from_db()
        assert timezone.now() - token.last_used_at < timedelta(minutes=1)

    def test_reaches_no_further_than_its_scopes(self, alice, api_as):
        reader, writer = api_as(alice, "read"), api_as(alice, "write")

        assert reader.get("posts/").status_code == 200
        refused = reader.send("POST", "posts/", {"body": "Hello"})
        assert (refused.status_code, refused.json()["error"]) == (403, "scope")
        assert writer.get("posts/").status_code == 403
        assert writer.send("POST", "posts/", {"body": "Hello"}).status_code == 201


@pytest.mark.django_db
class TestGates:
    @pytest.mark.parametrize("kind", ["unconfirmed", "suspended"])
    @pytest.mark.parametrize("way", ["token", "password", "session"])
    def test_answer_403_with_a_word(self, kind, way, client):
        user = UserFactory(username="eve", **{kind: True})
        if way == "session":
            client.force_login(user)
            response = client.get("/api/v1/posts/")
        else:
            name = token_of(user)[1] if way == "token" else "eve"
            password = "" if way == "token" else PASSWORD
            response = ApiClient(basic(name, password)).get("posts/")

        assert response.status_code == 403
        assert response["Content-Type"] == "application/problem+json"
        assert response.json()["error"] == kind
        assert response.json()["type"] == f"urn:flasky:{kind}"

    def test_keep_staff_without_the_factor_that_a_rule_wants(
        self, moderator, moderator_api, settings
    ):
        password = basic(moderator.username, PASSWORD)
        settings.STAFF_SECOND_FACTOR = True

        assert moderator_api.get("posts/").json()["error"] == "second factor"
        assert who(password).json()["error"] == "second factor"

        give_app(moderator)
        assert moderator_api.get("posts/").status_code == 200


@pytest.mark.django_db
class TestSession:
    def test_reads_as_its_owner(self, as_alice):
        assert as_alice.get("/api/v1/users/me").json()["username"] == "alice"

    def test_writes_with_a_csrf_token_alone(self, alice):
        client = Client(enforce_csrf_checks=True)
        client.force_login(alice)
        send = {"data": {"body": "Hello"}, "content_type": "application/json"}

        assert client.post("/api/v1/posts/", **send).status_code == 403

        client.get("/")
        token = client.cookies["csrftoken"].value
        headers = {"X-CSRFToken": token}
        answer = client.post("/api/v1/posts/", **send, headers=headers)
        assert answer.status_code == 201
