import pytest

from tests.clients import is_logged_in
from tests.second_factors import Passkey

from .steps import (
    GARBAGE,
    JSON,
    PASSKEY_LOGIN,
    add_passkey,
    log_in_by_passkey,
)


@pytest.mark.django_db
class TestLoginPasskeyView:
    def test_lets_in_without_a_password(self, client, alice, passkey):
        assert log_in_by_passkey(client, passkey, alice).url == "/"
        assert is_logged_in(client)

    def test_ends_with_the_browser(self, client, alice, passkey):
        log_in_by_passkey(client, passkey, alice)

        assert client.session.get_expire_at_browser_close()

    def test_goes_where_one_was_headed(self, client, alice, passkey):
        options = client.get(PASSKEY_LOGIN, headers=JSON).json()["request_options"]
        credential = passkey.sign(options, alice)

        response = client.post(
            PASSKEY_LOGIN, {"credential": credential, "next": "/user/alice/"}
        )

        assert response.url == "/user/alice/"

    def test_does_not_let_one_in_as_another(self, client, alice, bob, passkey):
        response = log_in_by_passkey(client, passkey, bob)

        assert response.status_code == 422
        assert not is_logged_in(client)

    @pytest.mark.parametrize(
        "key",
        # In COSE: an algorithm that nobody has, a key without and one with odd numbers.
        [{1: 2, 3: -999}, {1: 2, 3: -7, -1: 1}, {1: 2, 3: -7, -1: 1, -2: "", -3: 1}],
    )
    def test_does_not_stumble_over_a_key_that_is_none(
        self, as_sure_alice, alice, client, key
    ):
        passkey = Passkey()
        passkey.public_key = key
        add_passkey(as_sure_alice, passkey)

        assert log_in_by_passkey(client, passkey, alice).status_code == 422

    def test_does_not_take_an_answer_twice(self, client, other_client, alice, passkey):
        options = client.get(PASSKEY_LOGIN, headers=JSON).json()["request_options"]
        credential = passkey.sign(options, alice)
        client.post(PASSKEY_LOGIN, {"credential": credential})
        other_client.get(PASSKEY_LOGIN, headers=JSON)

        response = other_client.post(PASSKEY_LOGIN, {"credential": credential})

        assert response.status_code == 422

    def test_does_not_let_in_who_is_gone(self, client, alice, passkey):
        type(alice).objects.update(is_active=False)

        log_in_by_passkey(client, passkey, alice)

        assert not is_logged_in(client)

    def test_shows_the_log_in_page_with_the_reason(self, client):
        response = client.post(PASSKEY_LOGIN, {"credential": "{}", "next": "/x/"})

        page = response.content.decode()
        assert response.status_code == 422
        assert "That did not work" in page
        assert 'name="login"' in page
        assert 'value="/x/"' in page

    @pytest.mark.parametrize("credential", GARBAGE)
    def test_refuses_what_is_no_passkey(self, client, credential):
        client.get(PASSKEY_LOGIN, headers=JSON)

        response = client.post(PASSKEY_LOGIN, {"credential": credential})

        assert response.status_code in {400, 413, 422}

    def test_is_limited(self, client):
        for _ in range(10):
            client.post(PASSKEY_LOGIN, {"credential": "{}"})

        response = client.post(PASSKEY_LOGIN, {"credential": "{}"})

        assert response.status_code == 429
