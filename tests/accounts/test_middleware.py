from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User

UNCONFIRMED = "/auth/unconfirmed/"


@pytest.mark.django_db
class TestConfirmationGateMiddleware:
    @pytest.mark.parametrize("address", ["/", "/post/1/", "/user/newcomer/"])
    def test_sends_who_has_not_confirmed_to_the_page_that_says_so(
        self, as_newcomer, address
    ):
        response = as_newcomer.get(address)

        assert response.status_code == 302
        assert response.url == UNCONFIRMED

    def test_keeps_them_from_writing(self, as_newcomer):
        assert as_newcomer.post("/", {"body": "Hello"}).url == UNCONFIRMED

    def test_says_so_in_json_to_programs(self, as_newcomer):
        response = as_newcomer.get("/", headers={"Accept": "application/json"})

        assert response.status_code == 403
        assert response.json()["error"] == "unconfirmed"

    @pytest.mark.parametrize(
        "name",
        ["account_unconfirmed", "account_change_password", "account_logout"],
    )
    def test_leaves_them_the_account_pages(self, as_newcomer, name):
        assert as_newcomer.get(reverse(name)).status_code == 200

    def test_leaves_them_pictures(self, as_newcomer):
        assert as_newcomer.get("/avatar/1.svg").status_code == 200

    def test_lets_them_log_out(self, as_newcomer):
        as_newcomer.post(reverse("account_logout"))

        assert as_newcomer.get("/").status_code == 200

    def test_lets_confirmed_members_and_strangers_pass(self, as_alice, client):
        assert as_alice.get("/").status_code == 200
        assert client.get("/").status_code == 200


@pytest.mark.django_db
class TestPrivatePagesMiddleware:
    def test_keeps_members_pages_out_of_shared_caches(self, as_alice):
        assert "private" in as_alice.get("/")["Cache-Control"]

    def test_leaves_strangers_pages_to_them(self, client, as_alice):
        assert "Cache-Control" not in client.get("/")
        assert "public" in as_alice.get("/avatar/1.svg")["Cache-Control"]


@pytest.mark.django_db
class TestLastSeenMiddleware:
    @pytest.fixture
    def long_gone(self, alice):
        User.objects.update(last_seen_at=timezone.now() - timedelta(days=3))
        return alice

    def test_notes_that_a_member_was_here(self, long_gone, as_alice):
        as_alice.get("/")

        long_gone.refresh_from_db()
        assert timezone.now() - long_gone.last_seen_at < timedelta(minutes=1)

    def test_does_not_count_who_has_yet_to_confirm(self, newcomer, as_newcomer):
        long_ago = timezone.now() - timedelta(days=3)
        User.objects.update(last_seen_at=long_ago)

        as_newcomer.get("/auth/unconfirmed/")

        newcomer.refresh_from_db()
        assert newcomer.last_seen_at == long_ago

    def test_does_not_count_pictures(self, long_gone, as_alice):
        as_alice.get("/avatar/1.svg")

        long_gone.refresh_from_db()
        assert timezone.now() - long_gone.last_seen_at > timedelta(days=2)
