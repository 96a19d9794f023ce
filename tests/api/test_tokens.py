from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models.tokens import ApiToken
from tests.api.client import ApiClient, basic
from tests.factories.accounts import PASSWORD
from tests.factories.tokens import token_of

NEW = {"name": "Backup", "scopes": ["read"]}


@pytest.fixture
def by_password(alice):
    return ApiClient(basic("alice", PASSWORD))


@pytest.mark.django_db
class TestTokens:
    def test_are_made_with_the_password_and_shown_once(self, by_password):
        response = by_password.send("POST", "tokens/", NEW)

        answer = response.json()
        assert response.status_code == 201
        assert "no-store" in response["Cache-Control"]
        assert response["Location"].endswith(f"/api/v1/tokens/{answer['id']}")
        secret = answer["token"]
        assert ApiClient(basic(secret)).get("users/me").status_code == 200
        assert secret not in by_password.get("tokens/").content.decode()

    def test_last_for_a_month_unless_they_say_something(self, by_password):
        by_password.send("POST", "tokens/", NEW)

        left = ApiToken.objects.get().expires_at - timezone.now()
        assert timedelta(days=29) < left < timedelta(days=31)

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"name": ""}, "name"),
            ({"name": " \u200b"}, "name"),
            ({"name": 5}, "name"),
            ({"scopes": []}, "scopes"),
            ({"scopes": ["root"]}, "scopes"),
            ({"scopes": "read"}, "scopes"),
            ({"expires_at": "2020-01-01T00:00Z"}, "expires_at"),
            ({"expires_at": "2999-01-01T00:00Z"}, "expires_at"),
            ({"expires_at": "soon"}, "expires_at"),
            ({"digest": "x"}, "digest"),
        ],
    )
    def test_name_what_is_wrong(self, by_password, wrong, field):
        response = by_password.send("POST", "tokens/", {**NEW, **wrong})

        assert response.status_code == 400
        assert {*response.json()["errors"]} == {field}
        assert response.json()["detail"].startswith(field)

    def test_are_not_made_by_a_token(self, alice_api):
        response = alice_api.send("POST", "tokens/", NEW)

        assert (response.status_code, response.json()["error"]) == (403, "scope")

    def test_are_not_made_by_a_session_that_nobody_has_proven_lately(self, as_alice):
        response = as_alice.post(
            "/api/v1/tokens/", NEW, content_type="application/json"
        )

        assert (response.status_code, response.json()["error"]) == (403, "proof")

    def test_say_when_there_are_too_many(self, by_password, monkeypatch):
        monkeypatch.setattr("accounts.services.tokens.TOKENS_AT_MOST", 0)

        assert by_password.send("POST", "tokens/", NEW).status_code == 409

    def test_are_listed_for_their_owner_alone(self, alice_api, bob, anybody):
        token_of(bob, name="Not mine")

        names = [row["name"] for row in alice_api.get("tokens/").json()["results"]]

        assert names == ["Tests"]
        assert anybody.get("tokens/").status_code == 401

    def test_are_revoked_by_their_owner_alone(self, alice_api, alice, bob):
        token, secret = token_of(alice)
        other, _secret = token_of(bob)

        assert alice_api.send("DELETE", f"tokens/{token.pk}").status_code == 204
        assert alice_api.send("DELETE", f"tokens/{other.pk}").status_code == 404
        assert ApiClient(basic(secret)).get("users/me").status_code == 401
