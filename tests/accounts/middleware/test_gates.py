from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import UserFactory
from tests.factories.accounts import PASSWORD
from tests.second_factors import give_app, totp_code

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
class TestSuspensionMiddleware:
    @pytest.fixture
    def as_suspended(self, alice, as_alice):
        alice.suspended_at = timezone.now()
        alice.suspension_reason = "Spam <b>again</b>."
        alice.save()
        return as_alice

    @pytest.mark.parametrize(
        "address",
        ["/", "/post/1/", "/user/alice/", "/auth/change-password/", "/admin/"],
    )
    def test_sends_them_to_the_page_that_says_why(self, as_suspended, address):
        response = as_suspended.get(address)

        assert (response.status_code, response.url) == (302, "/auth/suspended/")

    def test_tells_them_why_and_until_when(self, as_suspended, alice):
        page = as_suspended.get("/auth/suspended/")

        assert page.status_code == 403
        assert "Spam &lt;b&gt;again&lt;/b&gt;." in page.content.decode()
        assert "no end" in page.content.decode()

        alice.suspended_until = timezone.now() + timedelta(days=1)
        alice.save()
        assert "Until" in as_suspended.get("/auth/suspended/").content.decode()

    def test_keeps_them_from_writing(self, as_suspended):
        response = as_suspended.post("/", {"body": "Hello"})

        assert response.url == "/auth/suspended/"

    def test_says_so_in_json_to_programs(self, as_suspended):
        response = as_suspended.get("/", headers={"Accept": "application/json"})

        assert response.status_code == 403
        assert response.json()["error"] == "suspended"

    def test_leaves_them_pictures_and_the_way_out(self, as_suspended):
        assert as_suspended.get("/avatar/1.svg").status_code == 200

        as_suspended.post(reverse("account_logout"))

        assert as_suspended.get("/").status_code == 200

    def test_lets_them_in_once_it_is_over(self, as_suspended, alice):
        alice.suspended_until = timezone.now()
        alice.save()

        assert as_suspended.get("/").status_code == 200
        assert as_suspended.get("/auth/suspended/").url == "/"

    def test_lets_them_log_in_to_read_it(self, client, log_in_as):
        log_in_as(client, UserFactory(suspended=True))

        assert client.get("/").url == "/auth/suspended/"


@pytest.mark.django_db
class TestStaffSecondFactorMiddleware:
    @pytest.fixture(autouse=True)
    def _rule(self, settings):
        settings.STAFF_SECOND_FACTOR = True

    @pytest.mark.parametrize("address", ["/", "/user/marta/", "/admin/", "/admin/x/"])
    def test_sends_staff_without_a_factor_to_set_one_up(self, as_moderator, address):
        response = as_moderator.get(address)

        assert response.status_code == 302
        assert response.url == "/auth/2fa/"
        assert "need a second step here" in as_moderator.get(response.url).text

    def test_asks_for_the_factor_that_the_session_has_not_seen(
        self, as_moderator, moderator
    ):
        secret = give_app(moderator)

        response = as_moderator.get("/admin/?a=b")
        assert response.url == "/auth/2fa/reauthenticate/?next=/admin/%3Fa%3Db"
        assert "need a second step here" not in as_moderator.get("/auth/2fa/").text
        response = as_moderator.post(response.url, {"code": totp_code(secret)})

        assert response.url == "/admin/?a=b"
        assert as_moderator.get(response.url).status_code == 200

    def test_is_not_content_with_the_password(self, as_moderator, moderator):
        give_app(moderator)

        as_moderator.post("/auth/reauthenticate/", {"password": PASSWORD})

        assert as_moderator.get("/").url.startswith("/auth/2fa/reauthenticate/")

    def test_keeps_them_from_writing(self, as_moderator):
        assert as_moderator.post("/", {"body": "Hello"}).url == "/auth/2fa/"

    def test_says_so_in_json_to_programs(self, as_moderator):
        response = as_moderator.get("/", headers={"Accept": "application/json"})

        assert response.status_code == 403
        assert response.json()["error"] == "second factor"

    @pytest.mark.parametrize(
        "name", ["mfa_index", "account_change_password", "account_logout"]
    )
    def test_leaves_them_the_account_pages(self, as_moderator, name):
        assert as_moderator.get(reverse(name)).status_code == 200

    def test_lets_in_who_logs_in_with_a_code(self, client, moderator):
        secret = give_app(moderator)
        client.post("/auth/login/", {"login": "marta", "password": PASSWORD})
        client.post("/auth/2fa/authenticate/", {"code": totp_code(secret)})

        assert client.get("/admin/").status_code == 200

    def test_lets_in_who_sets_one_up_until_it_is_gone(self, as_moderator):
        as_moderator.post("/auth/reauthenticate/", {"password": PASSWORD})
        as_moderator.get("/auth/2fa/totp/activate/")
        code = totp_code(as_moderator.session["mfa.totp.secret"])
        as_moderator.post("/auth/2fa/totp/activate/", {"code": code})
        assert as_moderator.get("/admin/").status_code == 200

        as_moderator.post("/auth/2fa/totp/deactivate/")

        assert as_moderator.get("/admin/").url == "/auth/2fa/"

    def test_costs_no_query(
        self, client, moderator, settings, django_assert_num_queries
    ):
        secret = give_app(moderator)
        client.post("/auth/login/", {"login": "marta", "password": PASSWORD})
        client.post("/auth/2fa/authenticate/", {"code": totp_code(secret)})
        client.get("/")
        settings.STAFF_SECOND_FACTOR = False
        with CaptureQueriesContext(connection) as without:
            client.get("/")
        settings.STAFF_SECOND_FACTOR = True

        with django_assert_num_queries(len(without)):
            assert client.get("/").status_code == 200

    def test_is_for_staff_alone(self, as_alice, client):
        assert as_alice.get("/").status_code == 200
        assert client.get("/").status_code == 200

    def test_lets_staff_pass_where_there_is_no_rule(self, as_moderator, settings):
        settings.STAFF_SECOND_FACTOR = False

        assert as_moderator.get("/admin/").status_code == 200
