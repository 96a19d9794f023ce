import pytest

from accounts.adapter import AccountAdapter
from tests.factories import UserFactory
from tests.factories.accounts import PASSWORD
from tests.second_factors import totp_code


@pytest.mark.django_db
class TestConfirmEmail:
    def test_refuses_an_address_that_somebody_took_since_the_page_was_shown(
        self, rf, alice
    ):
        address = alice.emailaddress_set.create(email="wanted@example.com")
        UserFactory(username="quick", email="wanted@example.com", without_address=True)

        assert not AccountAdapter().confirm_email(rf.post("/"), address)

        address.refresh_from_db()
        assert not address.verified


@pytest.mark.django_db
class TestGetClientIp:
    def attempt(self, client, number, address):
        form = {"login": f"ghost{number}", "password": "wrong"}
        return client.post("/auth/login/", form, REMOTE_ADDR=address).text

    def test_tells_ipv4_addresses_apart_that_are_written_as_ipv6(self, client):
        for number in range(10):
            self.attempt(client, number, "::ffff:192.0.2.1")

        assert "Too many" in self.attempt(client, 10, "192.0.2.1")
        assert "Too many" not in self.attempt(client, 11, "::ffff:192.0.2.2")

    def test_lists_such_an_address_as_people_know_it(self, client, alice):
        form = {"login": "alice", "password": PASSWORD}
        client.post("/auth/login/", form, REMOTE_ADDR="::ffff:192.0.2.1")

        origin = client.session["origin"]
        assert (origin["ip"], origin["network"]) == ("192.0.2.1", "192.0.2.0/24")


@pytest.mark.django_db
class TestGetReauthenticationMethods:
    password, code = "/auth/reauthenticate/", "/auth/2fa/reauthenticate/"

    def test_wants_the_factor_in_a_session_that_began_without(self, as_alice, secret):
        as_alice.post(self.password, {"password": PASSWORD})

        # Whoever has stolen session and password gets no further.
        response = as_alice.get("/auth/2fa/webauthn/add/")
        assert response.url.startswith(self.code)
        assert "Use your password" not in as_alice.get(response.url).text

    def test_is_content_with_the_password_after_that(self, as_alice, secret):
        as_alice.post(self.code, {"code": totp_code(secret)})

        assert as_alice.get(self.password).status_code == 200
        assert "Use a code" in as_alice.get(self.password).text
