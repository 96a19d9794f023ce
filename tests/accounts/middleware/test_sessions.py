from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Session, User
from tests.clients import is_logged_in
from tests.factories.accounts import PASSWORD


@pytest.mark.django_db
class TestSessionProtectionMiddleware:
    HERE = {"User-Agent": "Firefox", "X-Forwarded-For": "192.0.2.7"}
    MOVES = [
        {"User-Agent": "Chrome", "X-Forwarded-For": "192.0.2.7"},
        {"User-Agent": "Firefox", "X-Forwarded-For": "198.51.100.7"},
    ]
    STAYS = [HERE, {"User-Agent": "Firefox", "X-Forwarded-For": "192.0.2.200"}]

    @pytest.fixture(autouse=True)
    def _behind_a_proxy(self, settings):
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    @pytest.fixture
    def firefox(self, client, alice, log_in_as):
        return log_in_as(client, alice, **self.HERE)

    def asks_for_the_password(self, client, headers):
        form = {"action_add": "yes", "email": "next@example.com"}
        response = client.post("/auth/change-email/", form, headers=headers)
        return response.url.startswith("/auth/reauthenticate/")

    @pytest.mark.parametrize("headers", STAYS)
    def test_trusts_the_browser_that_logged_in(self, firefox, headers):
        assert not self.asks_for_the_password(firefox, headers)

    @pytest.mark.parametrize("headers", MOVES)
    def test_asks_for_the_password_after_a_move(self, firefox, headers):
        assert self.asks_for_the_password(firefox, headers)

    @pytest.mark.parametrize("headers", MOVES)
    def test_goes_on_elsewhere_after_a_move(self, firefox, headers):
        assert firefox.get("/", headers=headers).status_code == 200
        assert is_logged_in(firefox)

    def test_asks_also_where_it_moved_away_from(self, firefox):
        firefox.get("/", headers=self.MOVES[0])

        assert self.asks_for_the_password(firefox, self.HERE)

    def test_trusts_again_who_gives_the_password(self, firefox):
        elsewhere = self.MOVES[0]
        firefox.get("/", headers=elsewhere)

        firefox.post("/auth/reauthenticate/", {"password": PASSWORD}, headers=elsewhere)

        assert not self.asks_for_the_password(firefox, elsewhere)

    @pytest.mark.parametrize("headers", MOVES)
    def test_ends_the_session_when_it_is_strong(self, firefox, settings, headers):
        settings.SESSION_PROTECTION = "strong"

        page = firefox.get("/", headers=headers).content.decode()

        assert "browser or network has changed" in page
        assert not is_logged_in(firefox)

    @pytest.mark.parametrize("headers", STAYS)
    def test_lets_a_strong_session_stay_where_it_is(self, firefox, settings, headers):
        settings.SESSION_PROTECTION = "strong"

        firefox.get("/", headers=headers)

        assert is_logged_in(firefox)

    def test_asks_no_picture_who_looks_at_it(self, firefox):
        response = firefox.get("/avatar/1.svg", headers=self.MOVES[0])

        assert "Cookie" not in response.get("Vary", "")

    def test_costs_no_query(self, firefox, django_assert_num_queries):
        with django_assert_num_queries(3):
            firefox.get("/", headers=self.HERE)


@pytest.mark.django_db
class TestLastSeenMiddleware:
    @pytest.fixture
    def long_gone(self, alice, as_alice):
        three_days_ago = timezone.now() - timedelta(days=3)
        Session.objects.update(last_seen_at=three_days_ago)
        User.objects.update(last_seen_at=three_days_ago)
        return alice

    def test_notes_that_a_member_was_here(self, long_gone, as_alice):
        as_alice.get("/")

        long_gone.refresh_from_db()
        assert timezone.now() - long_gone.last_seen_at < timedelta(minutes=1)

    def test_does_not_count_who_has_yet_to_confirm(self, newcomer, as_newcomer):
        long_ago = timezone.now() - timedelta(days=3)
        Session.objects.update(last_seen_at=long_ago)
        User.objects.update(last_seen_at=long_ago)

        as_newcomer.get("/auth/unconfirmed/")

        newcomer.refresh_from_db()
        assert newcomer.last_seen_at == long_ago

    def test_does_not_count_pictures(self, long_gone, as_alice):
        as_alice.get("/avatar/1.svg")

        long_gone.refresh_from_db()
        assert timezone.now() - long_gone.last_seen_at > timedelta(days=2)

    def test_costs_one_query_a_minute(
        self, long_gone, as_alice, django_assert_num_queries
    ):
        with django_assert_num_queries(4):  # one more than the next one
            as_alice.get("/")
        with django_assert_num_queries(3):
            as_alice.get("/")
