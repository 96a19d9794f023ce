import time

import pytest
from allauth.mfa.models import Authenticator

from tests.clients import is_logged_in
from tests.factories.accounts import PASSWORD
from tests.links import link_in
from tests.second_factors import give_app, recovery_codes_of, totp_code

from .steps import GARBAGE, LOGIN, SECOND_STEP, Type, log_in


@pytest.mark.django_db
class TestAuthenticateView:
    def test_asks_for_the_code_before_it_lets_in(self, client, alice, secret):
        assert log_in(client, alice).url == SECOND_STEP
        assert not is_logged_in(client)

        response = client.post(SECOND_STEP, {"code": totp_code(secret)})

        assert response.url == "/"
        assert is_logged_in(client)

    def test_keeps_one_signed_in_as_asked_with_the_password(
        self, client, other_client, alice, secret
    ):
        choice = {"login": "alice", "password": PASSWORD, "remember": "on"}
        client.post(LOGIN, choice)
        client.post(SECOND_STEP, {"code": totp_code(secret)})
        log_in(other_client, alice)
        other_client.post(SECOND_STEP, {"code": recovery_codes_of(alice)[0]})

        assert client.session.get_expiry_age() == 30 * 24 * 3600
        assert other_client.session.get_expire_at_browser_close()

    def test_goes_where_one_was_headed(self, client, alice, secret):
        goal = {"login": "alice", "password": PASSWORD, "next": "/user/alice/"}
        client.post(LOGIN, goal)

        response = client.post(SECOND_STEP, {"code": totp_code(secret)})

        assert response.url == "/user/alice/"

    @pytest.mark.parametrize(
        "code", ["", "000000", "1" * 5000, "\0", "١٢٣٤٥٦", "abcdef", "      "]
    )
    def test_refuses_what_is_no_code(self, client, alice, secret, code):
        log_in(client, alice)

        assert client.post(SECOND_STEP, {"code": code}).status_code == 422
        assert not is_logged_in(client)

    def test_stops_trying_after_five_wrong_codes(self, client, alice, secret):
        log_in(client, alice)
        for _ in range(5):
            client.post(SECOND_STEP, {"code": "000000"})

        response = client.post(SECOND_STEP, {"code": totp_code(secret)})

        assert response.status_code == 422
        assert "Try again in five minutes" in str(response.context["form"].errors)

    def test_counts_wrong_codes_over_all_sessions(
        self, client, other_client, alice, secret
    ):
        log_in(client, alice)
        for _ in range(5):
            client.post(SECOND_STEP, {"code": "000000"})

        log_in(other_client, alice)

        response = other_client.post(SECOND_STEP, {"code": totp_code(secret)})
        assert response.status_code == 422

    def test_takes_a_code_once(self, client, other_client, alice, secret):
        code = totp_code(secret)
        log_in(client, alice)
        log_in(other_client, alice)

        assert client.post(SECOND_STEP, {"code": code}).url == "/"
        assert other_client.post(SECOND_STEP, {"code": code}).status_code == 422

    @pytest.mark.parametrize("written", ["{}", " {}", "{}-"])
    def test_takes_it_once_for_as_long_as_it_is_right(
        self, client, other_client, alice, secret, written, monkeypatch
    ):
        now = time.time()
        # Where the code of the next half minute counts already.
        monkeypatch.setattr(time, "time", lambda: now)
        code = totp_code(secret, periods_ahead=1)
        log_in(client, alice)
        client.post(SECOND_STEP, {"code": code})
        monkeypatch.setattr(time, "time", lambda: now + 31)
        log_in(other_client, alice)

        response = other_client.post(SECOND_STEP, {"code": written.format(code)})

        assert response.status_code == 422

    def test_takes_a_recovery_code_once(self, client, other_client, alice, secret):
        code = recovery_codes_of(alice)[3]
        log_in(client, alice)
        log_in(other_client, alice)

        assert client.post(SECOND_STEP, {"code": code}).url == "/"
        assert other_client.post(SECOND_STEP, {"code": code}).status_code == 422
        assert len(recovery_codes_of(alice)) == 9

    def test_does_not_take_another_member_s_code(self, client, alice, bob, secret):
        give_app(bob)
        log_in(client, bob)

        response = client.post(SECOND_STEP, {"code": totp_code(secret)})

        assert response.status_code == 422

    def test_takes_a_passkey_as_the_second_step(self, client, alice, passkey):
        log_in(client, alice)
        options = client.get(SECOND_STEP).context["js_data"]["request_options"]

        credential = passkey.sign(options, alice)
        response = client.post(SECOND_STEP, {"credential": credential})

        assert response.url == "/"
        assert is_logged_in(client)

    @pytest.mark.parametrize("credential", GARBAGE)
    def test_refuses_what_is_no_passkey(self, client, alice, secret, credential):
        log_in(client, alice)

        response = client.post(SECOND_STEP, {"credential": credential})

        assert response.status_code in {400, 413, 422}

    def test_says_what_to_do_when_the_secret_cannot_be_read(
        self, client, alice, secret
    ):
        log_in(client, alice)
        row = Authenticator.objects.get(type=Type.TOTP)
        row.data = {"secret": "of another site"}
        row.save()

        response = client.post(SECOND_STEP, {"code": "123456"}, follow=True)

        assert "cannot be checked any more" in response.content.decode()

    def test_follows_the_password_that_a_reset_has_set(
        self, client, alice, secret, mailoutbox
    ):
        client.post("/auth/reset/", {"email": alice.email})
        page = client.get(link_in(mailoutbox[0], "/auth/reset/")).url
        new = "a new battery staple"
        client.post(page, {"password1": new, "password2": new})
        assert not is_logged_in(client)

        response = client.post(LOGIN, {"login": "alice", "password": new})

        assert response.url == SECOND_STEP
