import json

import pytest
from allauth.mfa.models import Authenticator

from tests.second_factors import Passkey

from .steps import (
    ADD_PASSKEY,
    CODES,
    GARBAGE,
    PROVE_BY_PASSKEY,
    Type,
    add_passkey,
    confirm_who_one_is,
    key_of_alice,
    page_of_key,
)


@pytest.mark.django_db
class TestAddPasskeyView:
    def test_adds_it_and_shows_recovery_codes(self, as_sure_alice, alice):
        response = add_passkey(as_sure_alice, Passkey(), name="Telephone")

        assert response.url == CODES
        assert "Telephone" in as_sure_alice.get("/auth/2fa/webauthn/").content.decode()

    def test_gives_a_name_to_one_that_has_none(self, as_sure_alice):
        add_passkey(as_sure_alice, Passkey())

        page = as_sure_alice.get("/auth/2fa/webauthn/").content.decode()
        assert "My passkey" in page

    def test_keeps_nothing_that_was_not_checked(self, as_sure_alice):
        options = as_sure_alice.get(ADD_PASSKEY).context["js_data"]["creation_options"]
        extra = {"more": "\0", "clientExtensionResults": {"credProps": "x"}}
        credential = Passkey().register(options)
        forged = json.dumps({**json.loads(credential), **extra})

        as_sure_alice.post(ADD_PASSKEY, {"credential": forged})

        stored = Authenticator.objects.get(type=Type.WEBAUTHN).data["credential"]
        assert set(stored["response"]) == {"clientDataJSON", "attestationObject"}
        assert "more" not in stored
        assert as_sure_alice.get("/auth/2fa/webauthn/").status_code == 200

    def test_takes_an_answer_once(self, as_sure_alice):
        options = as_sure_alice.get(ADD_PASSKEY).context["js_data"]["creation_options"]
        credential = Passkey().register(options)
        as_sure_alice.post(ADD_PASSKEY, {"credential": credential})

        response = as_sure_alice.post(ADD_PASSKEY, {"credential": credential})

        assert response.status_code == 422
        assert Authenticator.objects.filter(type=Type.WEBAUTHN).count() == 1

    @pytest.mark.parametrize("credential", GARBAGE)
    def test_refuses_what_is_no_passkey(self, as_sure_alice, credential):
        as_sure_alice.get(ADD_PASSKEY)

        response = as_sure_alice.post(
            ADD_PASSKEY, {"credential": credential, "name": "Mine"}
        )

        assert response.status_code in {400, 413, 422}
        if response.status_code == 422:
            assert response.context["form"]["name"].value() == "Mine"

    @pytest.mark.parametrize(
        "lie", [{"public_key": None}, {"origin": 1}, {"origin": "https://evil.example"}]
    )
    def test_refuses_what_is_forged(self, as_sure_alice, settings, lie):
        settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
        passkey = Passkey()
        vars(passkey).update(lie)

        assert add_passkey(as_sure_alice, passkey).status_code == 422

    def test_is_for_owners_of_their_address_alone(self, as_newcomer):
        assert as_newcomer.get(ADD_PASSKEY).url == "/auth/unconfirmed/"


@pytest.mark.django_db
class TestReauthenticatePasskeyView:
    def test_goes_on_with_a_passkey(self, as_sure_alice, alice, passkey):
        options = as_sure_alice.get(PROVE_BY_PASSKEY).context["js_data"]
        credential = passkey.sign(options["request_options"], alice)

        response = as_sure_alice.post(
            PROVE_BY_PASSKEY, {"credential": credential, "next": "/auth/2fa/"}
        )

        assert response.url == "/auth/2fa/"

    @pytest.mark.parametrize("credential", GARBAGE)
    def test_refuses_what_is_no_passkey(self, as_sure_alice, passkey, credential):
        as_sure_alice.get(PROVE_BY_PASSKEY)

        response = as_sure_alice.post(PROVE_BY_PASSKEY, {"credential": credential})

        assert response.status_code in {400, 413, 422}


@pytest.mark.django_db
class TestEditPasskeyView:
    def test_renames_it(self, as_sure_alice, passkey):
        page = page_of_key("edit")
        assert as_sure_alice.get(page).status_code == 200

        as_sure_alice.post(page, {"name": "Blue key"})

        assert key_of_alice().data["name"] == "Blue key"

    @pytest.mark.parametrize("name", ["", "x" * 65, "\0"])
    def test_refuses_what_is_no_name(self, as_sure_alice, passkey, name):
        page = page_of_key("edit")

        response = as_sure_alice.post(page, {"name": name})

        assert response.status_code == 422
        assert response.context["form"]["name"].value() == name


@pytest.mark.django_db
class TestRemovePasskeyView:
    def test_removes_it(self, as_sure_alice, passkey):
        page = page_of_key("remove")
        assert "Telephone" in as_sure_alice.get(page).content.decode()

        assert as_sure_alice.post(page).url == "/auth/2fa/webauthn/"

        assert not Authenticator.objects.exists()
        assert as_sure_alice.post(page).status_code == 404


@pytest.mark.django_db
class TestPasskeysOfOthers:
    @pytest.mark.parametrize("verb", ["edit", "remove"])
    def test_are_404(self, as_bob, passkey, verb):
        confirm_who_one_is(as_bob)
        page = page_of_key(verb)

        assert as_bob.get(page).status_code == 404
        assert as_bob.post(page, {"name": "Mine"}).status_code == 404
        assert key_of_alice().data["name"] == "Telephone"
