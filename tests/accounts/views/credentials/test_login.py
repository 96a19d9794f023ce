import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse

from flasky_site.settings import base
from tests.clients import is_logged_in
from tests.factories import UserFactory
from tests.factories.accounts import PASSWORD

LOGIN = "/auth/login/"


def log_in(client, login, password=PASSWORD, **more):
    return client.post(LOGIN, {"login": login, "password": password, **more})


@pytest.mark.django_db
class TestLoginView:
    @pytest.mark.parametrize(
        "login", ["alice", "ALICE", "alice@example.com", "Alice@EXAMPLE.com", " alice "]
    )
    def test_takes_name_or_address_in_any_case(self, client, alice, login):
        assert log_in(client, login).url == "/"
        assert is_logged_in(client)

    @pytest.mark.parametrize(
        ("login", "password"),
        [
            ("alice", "wrong"),
            ("nobody", PASSWORD),
            ("nobody@example.com", PASSWORD),
            ("", PASSWORD),
            ("alice", ""),
            ("al\0ice", PASSWORD),
        ],
    )
    def test_refuses_what_is_wrong_and_keeps_what_was_typed(
        self, client, alice, login, password
    ):
        response = log_in(client, login, password)

        assert response.status_code == 422
        assert not is_logged_in(client)
        assert response.context["form"]["login"].value() == login

    def test_says_the_same_of_known_and_unknown_addresses(self, client, alice):
        known = log_in(client, alice.email, "wrong").context["form"].errors
        unknown = log_in(client, "zz@example.com", "wrong").context["form"].errors

        assert known == unknown

    @pytest.mark.parametrize(
        "login", ["alice", "alice@example.com", "nobody", "nobody@example.com"]
    )
    def test_hashes_once_whether_or_not_the_account_exists(
        self, client, alice, login, hashed_passwords
    ):
        log_in(client, login, "wrong password")

        assert hashed_passwords == ["wrong password"]

    def test_ends_with_the_browser_unless_asked_to_stay(self, client, alice):
        log_in(client, "alice")

        assert client.session.get_expire_at_browser_close()

    def test_stays_for_thirty_days_when_asked(self, client, alice):
        response = log_in(client, "alice", remember="on")

        assert response.cookies["sessionid"]["max-age"] == 30 * 24 * 3600

    def test_lets_in_who_has_not_confirmed_and_sends_them_to_do_it(
        self, client, newcomer
    ):
        log_in(client, "newcomer")

        assert is_logged_in(client)
        assert client.get("/").url == "/auth/unconfirmed/"

    def test_does_not_let_in_who_is_gone(self, client):
        UserFactory(username="gone", is_active=False)

        assert log_in(client, "gone").url == reverse("account_inactive")
        assert not is_logged_in(client)

    def test_goes_where_one_was_headed(self, client, alice):
        assert log_in(client, "alice", next="/user/alice/").url == "/user/alice/"

    @pytest.mark.parametrize(
        "elsewhere",
        [
            "//evil.example",
            "/\\evil.example",
            "///evil.example",
            "https://evil.example",
            "http:evil.example",
            "javascript:alert(1)",
            "\t//evil.example",
            "/\t/evil.example",
            "//[",
            "http://[::1",
        ],
    )
    def test_never_goes_to_another_host(self, client, alice, elsewhere):
        assert log_in(client, "alice", next=elsewhere).url == "/"

    @pytest.mark.parametrize("page", ["login", "register", "logout", "reset"])
    def test_opens_with_a_goal_that_is_no_address(self, client, page):
        response = client.get(f"/auth/{page}/", {"next": "//["})

        assert response.status_code in {200, 302}

    def test_goes_nowhere_else_from_the_address_bar_either(self, as_alice):
        response = as_alice.get(LOGIN, {"next": "//evil.example"})

        assert response.url == "/"

    def test_stops_trying_after_five_wrong_passwords(self, client, alice):
        for _ in range(5):
            log_in(client, "alice", "wrong")

        response = log_in(client, "alice")

        assert response.status_code == 422
        assert "Try again in 5 minutes" in str(response.context["form"].errors)

    def test_counts_attempts_by_the_account_whichever_name_is_tried(
        self, client, alice, hashed_passwords
    ):
        for login in ["alice", "ALICE", "alice@example.com", "Alice@EXAMPLE.com"] * 2:
            log_in(client, login, "wrong")

        assert len(hashed_passwords) == 5

    def test_counts_attempts_by_the_network_whichever_account_is_tried(
        self, client, hashed_passwords
    ):
        for number in range(12):
            log_in(client, f"somebody{number}", "wrong")

        assert len(hashed_passwords) == 10

    def test_lets_others_in_meanwhile(self, client, alice, bob):
        for _ in range(5):
            log_in(client, "alice", "wrong")

        assert log_in(client, "bob").url == "/"

    @pytest.mark.parametrize("kind", ["pbkdf2_sha256", "scrypt"])
    def test_turns_an_old_hash_into_a_new_one(self, client, alice, settings, kind):
        settings.PASSWORD_HASHERS = base.PASSWORD_HASHERS
        alice.password = make_password(PASSWORD, hasher=kind)
        alice.save()

        assert log_in(client, "alice").url == "/"

        alice.refresh_from_db()
        assert alice.password.startswith("argon2$argon2id$")
        assert log_in(Client(), "alice").url == "/"

    def test_needs_no_password_again_just_after(self, client, alice):
        log_in(client, "alice")

        form = {"action_add": "yes", "email": "next@example.com"}
        response = client.post("/auth/change-email/", form)

        assert response.url == "/auth/change-email/"


@pytest.mark.django_db
class TestLogoutView:
    def test_asks_first_and_ends_the_session_by_post(self, as_alice):
        assert as_alice.get("/auth/logout/").status_code == 200
        assert is_logged_in(as_alice)

        assert as_alice.post("/auth/logout/").url == "/"
        assert not is_logged_in(as_alice)
