import pytest
from django.core.mail import EmailMultiAlternatives, get_connection

from flasky_site.dev_mail.backend import kept_mails

LINK = "https://flasky.example.com/auth/confirm/" + "k" * 90 + "/"


@pytest.fixture
def send(settings, tmp_path):
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    backend = get_connection("flasky_site.dev_mail.backend.DevEmailBackend")

    def send(subject, html=""):
        message = EmailMultiAlternatives(
            subject, f"Open {LINK}", "from@example.com", ["to@example.com"]
        )
        if html:
            message.attach_alternative(html, "text/html")
        return backend.send_messages([message])

    return send


class TestDevEmailBackend:
    def test_prints_long_links_unbroken(self, send, capsys):
        assert send("Hello") == 1

        printed = capsys.readouterr().out
        assert LINK in printed
        assert "Mail to to@example.com" in printed


class TestKeptMails:
    def test_reads_the_newest_first(self, send):
        send("First")
        send("Second", html="<p>Hi</p>")

        second, first = kept_mails()

        assert (second.subject, first.subject) == ("Second", "First")
        assert LINK in first.text
        assert first.html == ""
        assert "<p>Hi</p>" in second.html
        assert second.recipients == "to@example.com"

    def test_is_empty_before_the_first_mail(self, settings, tmp_path):
        settings.EMAIL_FILE_PATH = tmp_path / "nothing"

        assert kept_mails() == []
