import pytest
from django.urls import reverse

from tests.factories import UserFactory
from tests.factories.accounts import PASSWORD
from tests.links import link_in

LOGIN = "/auth/login/"


def log_in(client, login, password=PASSWORD, **more):
    return client.post(LOGIN, {"login": login, "password": password, **more})


def is_signed_in(client):
    return "_auth_user_id" in client.session


@pytest.mark.django_db
class TestLoginView:
    @pytest.mark.parametrize(
        "login", ["alice", "ALICE", "alice@example.com", "Alice@EXAMPLE.com", " alice "]
    )
    def test_takes_name_or_address_in_any_case(self, client, alice, login):
        assert log_in(client, login).url == "/"
        assert is_signed_in(client)

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
        assert not is_signed_in(client)
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

        assert is_signed_in(client)
        assert client.get("/").url == "/auth/unconfirmed/"

    def test_does_not_let_in_who_is_gone(self, client):
        UserFactory(username="gone", is_active=False)

        assert log_in(client, "gone").url == reverse("account_inactive")
        assert not is_signed_in(client)

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
        assert "Too many attempts" in str(response.context["form"].errors)


@pytest.mark.django_db
class TestLogoutView:
    def test_asks_first_and_ends_the_session_by_post(self, as_alice):
        assert as_alice.get("/auth/logout/").status_code == 200
        assert is_signed_in(as_alice)

        assert as_alice.post("/auth/logout/").url == "/"
        assert not is_signed_in(as_alice)


@pytest.mark.django_db
class TestPasswordResetView:
    def test_sends_a_link_that_sets_a_new_password(self, client, alice, mailoutbox):
        client.post("/auth/reset/", {"email": alice.email})
        response = client.get(link_in(mailoutbox[0], "/auth/reset/"), follow=True)
        path = response.redirect_chain[-1][0]

        new = "a new battery staple"
        client.post(path, {"password1": new, "password2": new})

        assert log_in(client, "alice", new).url == "/"

    def test_answers_alike_for_an_unknown_address(self, client, alice):
        known = client.post("/auth/reset/", {"email": alice.email})
        unknown = client.post("/auth/reset/", {"email": "zz@example.com"})

        assert (known.status_code, known.url) == (unknown.status_code, unknown.url)

    @pytest.mark.parametrize("email", ["x", "x@" + "é" * 60 + ".com", "x@אa.com"])
    def test_refuses_what_is_no_address(self, client, email):
        assert client.post("/auth/reset/", {"email": email}).status_code == 422


@pytest.mark.django_db
class TestPasswordChangeView:
    def test_asks_for_the_old_one(self, as_alice):
        response = as_alice.post(
            "/auth/change-password/",
            {"oldpassword": "wrong", "password1": "n", "password2": "m"},
        )

        assert response.status_code == 422
        assert {"oldpassword", "password1"} <= set(response.context["form"].errors)

    def test_sets_the_new_one_and_tells_by_mail(self, as_alice, alice, mailoutbox):
        new = "a new battery staple"
        as_alice.post(
            "/auth/change-password/",
            {"oldpassword": PASSWORD, "password1": new, "password2": new},
        )

        alice.refresh_from_db()
        assert alice.check_password(new)
        assert is_signed_in(as_alice)
        assert mailoutbox[0].to == [alice.email]


@pytest.mark.django_db
class TestPasswordResetFromKeyView:
    def test_is_404_for_a_link_that_was_used(self, client, alice, mailoutbox):
        client.post("/auth/reset/", {"email": alice.email})
        path = link_in(mailoutbox[0], "/auth/reset/")
        form = client.get(path).url
        new = "a new battery staple"
        client.post(form, {"password1": new, "password2": new})

        assert client.get(path).status_code == 404

    def test_refuses_a_weak_password(self, client, alice, mailoutbox):
        client.post("/auth/reset/", {"email": alice.email})
        form = client.get(link_in(mailoutbox[0], "/auth/reset/")).url

        response = client.post(form, {"password1": "12345678", "password2": "12345678"})

        assert response.status_code == 422
