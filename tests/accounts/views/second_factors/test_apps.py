import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import DeactivateTOTPForm

from accounts.mfa_forms import ActivateTOTPForm
from mail.models import OutgoingMail
from tests.second_factors import give_app, recovery_codes_of, totp_code

from .steps import (
    APP,
    APP_OFF,
    CODES,
    NEW_CODES,
    PROVE,
    SECOND_STEP,
    Type,
    confirm_who_one_is,
    log_in,
    set_up_app,
)


@pytest.mark.django_db
class TestActivateTOTPView:
    def test_asks_for_the_password_first(self, as_alice):
        assert as_alice.get(APP).url.startswith("/auth/reauthenticate/")

    def test_shows_the_secret_as_a_picture_and_to_type(self, as_sure_alice):
        response = as_sure_alice.get(APP)

        page = response.content.decode()
        assert "data:image/svg+xml" in page
        assert "img-src 'self' data:" in response["Content-Security-Policy"]
        assert as_sure_alice.session["mfa.totp.secret"][:4] in page
        assert "no-store" in response["Cache-Control"]

    def test_turns_the_app_on_and_shows_recovery_codes(self, as_sure_alice, alice):
        response = set_up_app(as_sure_alice)

        assert response.url == CODES
        alice.refresh_from_db()
        assert alice.has_second_factor

    def test_keeps_the_secret_after_a_wrong_code(self, as_sure_alice):
        as_sure_alice.get(APP)
        secret = as_sure_alice.session["mfa.totp.secret"]

        response = as_sure_alice.post(APP, {"code": "000000"})

        assert response.status_code == 422
        assert as_sure_alice.session["mfa.totp.secret"] == secret

    def test_stops_trying_after_five_wrong_codes(self, as_sure_alice):
        as_sure_alice.get(APP)
        for _ in range(5):
            as_sure_alice.post(APP, {"code": "000000"})

        response = as_sure_alice.post(APP, {"code": "000000"})

        assert "Try again in five minutes" in str(response.context["form"].errors)

    def test_does_not_let_in_by_the_code_that_set_it_up(
        self, as_sure_alice, alice, client
    ):
        as_sure_alice.get(APP)
        code = totp_code(as_sure_alice.session["mfa.totp.secret"])
        as_sure_alice.post(APP, {"code": code})
        log_in(client, alice)

        assert client.post(SECOND_STEP, {"code": code}).status_code == 422

    def test_is_not_stopped_by_an_address_that_is_only_typed(
        self, as_sure_alice, alice
    ):
        alice.emailaddress_set.create(email="next@example.org")

        set_up_app(as_sure_alice)

        alice.refresh_from_db()
        assert alice.has_second_factor

    def test_is_for_owners_of_their_address_alone(self, as_newcomer):
        confirm_who_one_is(as_newcomer)

        assert as_newcomer.get(APP).url == "/auth/unconfirmed/"
        assert as_newcomer.post(APP, {"code": "1"}).url == "/auth/unconfirmed/"

    def test_tells_who_was_second_in_two_windows(
        self, as_sure_alice, alice, monkeypatch
    ):
        as_sure_alice.get(APP)
        # The other window comes between the check and the change.
        monkeypatch.setattr(
            ActivateTOTPForm, "clean_code", lambda form: bool(give_app(alice))
        )

        response = as_sure_alice.post(APP, {"code": "123456"}, follow=True)

        assert "in another window" in response.content.decode()
        assert not OutgoingMail.objects.exists()


@pytest.mark.django_db
class TestDeactivateTOTPView:
    def test_turns_it_off_with_its_recovery_codes(self, as_sure_alice, alice):
        set_up_app(as_sure_alice)

        assert as_sure_alice.get(APP_OFF).status_code == 200
        assert as_sure_alice.post(APP_OFF).url == "/auth/2fa/"

        assert not Authenticator.objects.exists()

    def test_is_404_the_second_time(self, as_sure_alice):
        set_up_app(as_sure_alice)
        as_sure_alice.post(APP_OFF)

        assert as_sure_alice.post(APP_OFF).status_code == 404

    def test_is_404_for_who_was_second_in_two_windows(self, as_sure_alice, monkeypatch):
        set_up_app(as_sure_alice)
        OutgoingMail.objects.all().delete()
        # The other window comes between the check and the change.
        monkeypatch.setattr(
            DeactivateTOTPForm,
            "clean",
            lambda form: Authenticator.objects.all().delete(),
        )

        assert as_sure_alice.post(APP_OFF).status_code == 404
        assert not OutgoingMail.objects.exists()


@pytest.mark.django_db
class TestViewRecoveryCodesView:
    def test_shows_the_codes_once(self, as_sure_alice, alice):
        set_up_app(as_sure_alice)
        codes = recovery_codes_of(alice)

        first = as_sure_alice.get(CODES)
        again = as_sure_alice.get(CODES).content.decode()

        page = first.content.decode()
        assert len(codes) == 10
        assert all(page.count(code) == 2 for code in codes)
        assert "no-store" in first["Cache-Control"]
        assert not any(code in again for code in codes)

    def test_says_how_many_are_left(self, as_sure_alice, alice):
        set_up_app(as_sure_alice)
        as_sure_alice.get(CODES)
        Authenticator.objects.get(type=Type.RECOVERY_CODES).wrap()._mark_code_used(0)

        assert "9 of 10" in as_sure_alice.get(CODES).content.decode()
        assert "9 of 10" in as_sure_alice.get("/auth/2fa/").content.decode()

    def test_asks_who_one_is(self, as_alice, secret):
        assert as_alice.get(CODES).url.startswith(PROVE)


@pytest.mark.django_db
class TestGenerateRecoveryCodesView:
    def test_replaces_the_old_ones(self, as_sure_alice, alice):
        set_up_app(as_sure_alice)
        old = recovery_codes_of(alice)

        assert as_sure_alice.post(NEW_CODES).url == CODES

        assert not set(old) & set(recovery_codes_of(alice))

    def test_makes_none_for_who_has_no_factor(self, as_sure_alice):
        assert as_sure_alice.post(NEW_CODES).status_code == 422
