from datetime import timedelta

import pytest
from allauth.account.signals import password_changed, password_reset
from django.utils import timezone

from accounts import services
from accounts.exceptions import TokenLastsTooLong, TooManyTokens
from accounts.models.tokens import PREFIX, ApiToken
from accounts.services import tokens
from flasky_site.lib.chores import hour_passed
from tests.factories.tokens import token_of


class TestCreateToken:
    def test_returns_a_secret_that_is_nowhere_in_the_row(self, alice):
        token, secret = token_of(alice, "read")

        row = ApiToken.objects.values().get(pk=token.pk)

        assert secret.startswith(PREFIX)
        assert len(secret) > 40
        assert secret not in str(row)

    def test_makes_another_secret_each_time(self, alice):
        assert token_of(alice)[1] != token_of(alice)[1]

    def test_keeps_each_scope_once(self, alice):
        assert token_of(alice, "write", "read", "read")[0].scope_list == [
            "read",
            "write",
        ]

    @pytest.mark.parametrize(
        "away", [timedelta(seconds=-1), timedelta(), timedelta(days=400)]
    )
    def test_refuses_one_that_is_over_or_lasts_too_long(self, alice, away):
        with pytest.raises(TokenLastsTooLong):
            token_of(alice, expires_at=timezone.now() + away)

    def test_refuses_one_too_many(self, alice, bob, monkeypatch):
        monkeypatch.setattr(tokens, "TOKENS_AT_MOST", 1)
        token_of(alice)
        token_of(bob)

        with pytest.raises(TooManyTokens):
            token_of(alice)


class TestEndOfTokens:
    def test_comes_when_they_are_revoked_once_or_twice(self, alice):
        token, _secret = token_of(alice)

        services.revoke_token(token=token)
        services.revoke_token(token=token)

        assert not ApiToken.objects.exists()

    @pytest.mark.parametrize("changed", [password_changed, password_reset])
    def test_comes_with_a_new_password(self, alice, bob, as_alice, rf, changed):
        token_of(alice)
        kept, _secret = token_of(bob)
        request = rf.get("/")
        request.session = as_alice.session

        changed.send(sender=None, request=request, user=alice)

        assert [*ApiToken.objects.all()] == [kept]

    def test_comes_when_the_account_is_closed(self, alice):
        token_of(alice)

        services.close_account(actor=None, member=alice)

        assert not ApiToken.objects.exists()

    def test_comes_to_what_has_expired(self, alice):
        old, _secret = token_of(alice)
        kept, _secret = token_of(alice)
        ApiToken.objects.filter(pk=old.pk).update(expires_at=timezone.now())

        hour_passed.send(sender=None)

        assert [*ApiToken.objects.all()] == [kept]


class TestNoteTokenUsed:
    def test_notes_the_first_use(self, alice):
        token, _secret = token_of(alice)

        services.note_token_used(token=token)

        token.refresh_from_db()
        assert timezone.now() - token.last_used_at < timedelta(seconds=10)

    def test_writes_at_most_once_a_minute(self, alice, django_assert_num_queries):
        token, _secret = token_of(alice)
        token.last_used_at = timezone.now() - timedelta(seconds=50)

        with django_assert_num_queries(0):
            services.note_token_used(token=token)

        token.last_used_at = timezone.now() - timedelta(seconds=61)
        with django_assert_num_queries(1):
            services.note_token_used(token=token)
