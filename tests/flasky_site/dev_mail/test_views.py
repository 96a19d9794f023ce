import pytest
from django.core.mail import get_connection, send_mail


@pytest.mark.django_db
class TestMailList:
    def test_shows_what_would_have_been_mailed(self, client, settings, tmp_path):
        settings.DEBUG = True
        settings.EMAIL_FILE_PATH = tmp_path
        send_mail(
            "Confirm it",
            "Open https://flasky.example.com/auth/confirm/abc/",
            "from@example.com",
            ["nora@example.com"],
            connection=get_connection("flasky_site.dev_mail.backend.DevEmailBackend"),
        )

        page = client.get("/dev/mail/").content.decode()

        assert "Confirm it" in page
        assert "nora@example.com" in page
        assert 'href="https://flasky.example.com/auth/confirm/abc/"' in page

    def test_is_open_to_who_has_yet_to_confirm(self, as_newcomer, settings, tmp_path):
        settings.DEBUG = True
        settings.EMAIL_FILE_PATH = tmp_path

        assert as_newcomer.get("/dev/mail/").status_code == 200

    def test_does_not_exist_outside_development(self, client):
        assert client.get("/dev/mail/").status_code == 404
