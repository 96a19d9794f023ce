import re

import pytest
from django.test import Client

from accounts.models.tokens import ApiToken, digest_of
from tests.factories.accounts import PASSWORD
from tests.factories.tokens import token_of

LIST = "/auth/tokens/"
FORM = {"name": "Backup", "scopes": ["read", "write"], "days": "30"}


@pytest.fixture
def fresh(alice, log_in_as):
    """Alice has just given her password."""
    return log_in_as(Client(), alice)


def secret_on(page):
    return re.search(r"flasky_[\w-]{40,}", page.content.decode())


@pytest.mark.django_db
class TestTokenList:
    def test_shows_one_s_own_without_their_secrets(self, as_alice, alice, bob):
        token_of(alice, name="Mine")
        token_of(bob, name="Not mine")

        page = as_alice.get(LIST)

        assert "Mine" in page.content.decode()
        assert "Not mine" not in page.content.decode()
        assert not secret_on(page)

    def test_shows_a_new_secret_once(self, fresh):
        page = fresh.post(LIST, FORM)

        secret = secret_on(page)[0]
        token = ApiToken.objects.get()
        assert token.digest == digest_of(secret)
        assert token.scope_list == ["read", "write"]
        assert "no-store" in page["Cache-Control"]
        assert not secret_on(fresh.get(LIST))

    def test_asks_for_the_password_first_and_then_goes_on(self, as_alice):
        response = as_alice.post(LIST, FORM)

        assert response.status_code == 302
        assert not ApiToken.objects.exists()

        page = as_alice.post(response.url, {"password": PASSWORD}, follow=True)

        assert secret_on(page)
        assert ApiToken.objects.get().name == "Backup"

    @pytest.mark.parametrize(
        "wrong", [{"name": " "}, {"scopes": []}, {"scopes": ["root"]}, {"days": "9999"}]
    )
    def test_gives_a_form_back_that_is_not_valid(self, fresh, wrong):
        response = fresh.post(LIST, {**FORM, **wrong})

        assert response.status_code == 422
        assert not ApiToken.objects.exists()

    def test_says_when_there_are_too_many(self, fresh, alice, monkeypatch):
        monkeypatch.setattr("accounts.services.tokens.TOKENS_AT_MOST", 0)

        response = fresh.post(LIST, FORM)

        assert response.status_code == 409
        assert "as many tokens as one can" in response.content.decode()

    def test_is_closed_to_staff_whom_a_rule_holds_back(self, as_moderator, settings):
        settings.STAFF_SECOND_FACTOR = True

        assert as_moderator.get(LIST).url == "/auth/2fa/"

    def test_costs_the_same_for_one_and_for_many(
        self, as_alice, alice, django_assert_num_queries
    ):
        for _number in range(5):
            token_of(alice)

        with django_assert_num_queries(2):  # session with its member; list
            as_alice.get(LIST)


@pytest.mark.django_db
class TestRevokeToken:
    def test_asks_first(self, as_alice, alice):
        token, _secret = token_of(alice)

        page = as_alice.get(f"{LIST}{token.pk}/revoke/")

        assert page.status_code == 200
        assert ApiToken.objects.exists()

    def test_ends_the_token_once_or_twice(self, as_alice, alice):
        token, _secret = token_of(alice)

        for _time in range(2):
            assert as_alice.post(f"{LIST}{token.pk}/revoke/").url == LIST

        assert not ApiToken.objects.exists()

    def test_reaches_nobody_else_s(self, as_bob, alice):
        token, _secret = token_of(alice)

        assert as_bob.get(f"{LIST}{token.pk}/revoke/").status_code == 404
        as_bob.post(f"{LIST}{token.pk}/revoke/")

        assert ApiToken.objects.exists()
