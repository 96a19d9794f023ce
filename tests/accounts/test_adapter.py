import logging

import pytest
from django.core.mail.backends.base import BaseEmailBackend

from accounts.adapter import AccountAdapter
from accounts.models import User
from tests.factories import UserFactory
from tests.factories.accounts import PASSWORD


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


class DeadServer(BaseEmailBackend):
    def send_messages(self, email_messages):
        raise ConnectionRefusedError("nobody answers for nora@example.com")


@pytest.mark.django_db
class TestSendMail:
    @pytest.fixture(autouse=True)
    def _dead_server(self, settings):
        settings.EMAIL_BACKEND = f"{__name__}.DeadServer"

    @pytest.mark.parametrize("email", ["nora@example.com", "alice@example.com"])
    def test_says_on_the_next_page_that_the_server_fails(
        self, client, alice, caplog, email
    ):
        with caplog.at_level(logging.ERROR):
            response = client.post(
                "/auth/register/",
                {
                    "email": email,
                    "username": "nora",
                    "password1": PASSWORD,
                    "password2": PASSWORD,
                },
                follow=True,
            )

        assert response.status_code == 200
        assert "could not be sent" in response.content.decode()
        assert "ConnectionRefusedError" in caplog.text
        assert "@" not in caplog.text

    def test_keeps_what_the_mail_was_about(self, client):
        client.post(
            "/auth/register/",
            {
                "email": "nora@example.com",
                "username": "nora",
                "password1": PASSWORD,
                "password2": PASSWORD,
            },
        )

        assert User.objects.filter(username="nora").exists()
