import logging
import smtplib
from datetime import timedelta

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from mail.delivery import LOST_AFTER, WAITS, deliver
from mail.letters import seal_message
from mail.models import OutgoingMail
from tests.factories import OutgoingMailFactory
from tests.factories.mail import message

State = OutgoingMail.State


class FailingServer(BaseEmailBackend):
    error: Exception

    def send_messages(self, email_messages):
        raise self.error


@pytest.fixture
def failing(settings, monkeypatch):
    """Make the mail server fail with an error."""

    def fail_with(error):
        settings.MAIL_BACKEND = f"{__name__}.FailingServer"
        monkeypatch.setattr(FailingServer, "error", error, raising=False)

    return fail_with


REFUSED = ConnectionRefusedError("nobody answers for nora@example.com")


@pytest.mark.django_db
class TestDeliver:
    def test_sends_the_message_and_notes_when(self, mailoutbox):
        mail = OutgoingMailFactory()

        assert deliver(mail_id=mail.pk) is None

        mail.refresh_from_db()
        assert mail.state == State.SENT
        assert mail.sent_at is not None
        assert [message.to for message in mailoutbox] == [["alice@example.com"]]

    @pytest.mark.parametrize("state", ["sent", "failed", "sending"])
    def test_leaves_alone_what_is_not_queued(self, mailoutbox, state):
        mail = OutgoingMailFactory(**{state: True})

        assert deliver(mail_id=mail.pk) is None
        assert mailoutbox == []

    def test_leaves_alone_what_is_not_due(self, mailoutbox):
        mail = OutgoingMailFactory(due_at=timezone.now() + timedelta(minutes=1))

        assert deliver(mail_id=mail.pk) is None
        assert mailoutbox == []

    def test_does_nothing_about_a_message_that_is_gone(self):
        assert deliver(mail_id=123_456) is None

    def test_waits_longer_after_each_failure(self, failing):
        failing(REFUSED)
        mail = OutgoingMailFactory()

        waited = []
        for _attempt in WAITS:
            now = timezone.now()
            waited.append(deliver(mail_id=mail.pk) - now)
            OutgoingMail.objects.update(due_at=now)

        minutes = [round(wait.total_seconds() / 60) for wait in waited]
        assert minutes == [1, 5, 15, 60, 240, 720, 720, 1440]

    def test_gives_up_after_the_last_wait(self, failing):
        failing(REFUSED)
        mail = OutgoingMailFactory(attempts=len(WAITS))

        assert deliver(mail_id=mail.pk) is None

        mail.refresh_from_db()
        assert mail.state == State.FAILED
        assert "ConnectionRefusedError" in mail.last_error

    def test_forgets_the_error_once_it_is_sent(self, failing, settings):
        failing(REFUSED)
        mail = OutgoingMailFactory()
        deliver(mail_id=mail.pk)
        settings.MAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        OutgoingMail.objects.update(due_at=timezone.now())

        deliver(mail_id=mail.pk)

        mail.refresh_from_db()
        assert (mail.state, mail.last_error) == (State.SENT, "")

    @pytest.mark.parametrize(
        "error",
        [
            smtplib.SMTPRecipientsRefused({"a@example.com": (550, b"no such user")}),
            smtplib.SMTPDataError(554, b"we do not like it"),
        ],
    )
    def test_gives_up_at_once_what_the_server_refuses_for_good(self, failing, error):
        failing(error)
        mail = OutgoingMailFactory()

        assert deliver(mail_id=mail.pk) is None

        mail.refresh_from_db()
        assert mail.state == State.FAILED

    @pytest.mark.parametrize(
        "error",
        [
            smtplib.SMTPRecipientsRefused({"a@example.com": (450, b"come back later")}),
            smtplib.SMTPDataError(451, b"greylisted"),
            smtplib.SMTPAuthenticationError(535, b"wrong password"),
            smtplib.SMTPServerDisconnected("gone"),
            TimeoutError(),
        ],
    )
    def test_tries_again_what_may_pass(self, failing, error):
        failing(error)
        mail = OutgoingMailFactory()

        assert deliver(mail_id=mail.pk) is not None

        mail.refresh_from_db()
        assert mail.state == State.QUEUED

    @pytest.mark.parametrize(
        "unsendable", [{"to": ["nora@" + "ä" * 62 + ".com"]}, {"subject": "a\nb: c"}]
    )
    def test_notes_why_no_mail_can_be_made_of_it(self, settings, unsendable):
        settings.MAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
        mail = OutgoingMailFactory(sealed=seal_message(message(**unsendable)))

        assert deliver(mail_id=mail.pk) is not None

        mail.refresh_from_db()
        assert mail.state == State.QUEUED
        assert "Error: " in mail.last_error

    def test_keeps_links_and_long_stories_out_of_the_error(self, failing):
        link = "https://flasky.example.com/auth/reset/1-secret/"
        failing(smtplib.SMTPDataError(554, f"blocked {link} {'x' * 999}".encode()))
        mail = OutgoingMailFactory()

        deliver(mail_id=mail.pk)

        mail.refresh_from_db()
        assert "blocked [link]" in mail.last_error
        assert "secret" not in mail.last_error
        assert len(mail.last_error) == 500

    def test_keeps_addresses_out_of_the_log(self, failing, caplog):
        failing(REFUSED)
        mail = OutgoingMailFactory()

        with caplog.at_level(logging.INFO):
            deliver(mail_id=mail.pk)

        assert "ConnectionRefusedError" in caplog.text
        assert "@" not in caplog.text

    def test_fails_with_a_reason_when_the_key_is_lost(self, settings):
        mail = OutgoingMailFactory()
        settings.SECRET_KEY = "another"

        deliver(mail_id=mail.pk)

        mail.refresh_from_db()
        assert mail.state == State.FAILED
        assert "SECRET_KEY" in mail.last_error

    def test_counts_as_lost_when_it_never_ends(self, failing):
        failing(KeyboardInterrupt())
        mail = OutgoingMailFactory()

        with pytest.raises(KeyboardInterrupt):
            deliver(mail_id=mail.pk)

        mail.refresh_from_db()
        assert mail.state == State.SENDING
        assert mail.due_at > timezone.now() + LOST_AFTER - timedelta(minutes=1)

    def test_does_not_undo_what_was_decided_while_it_was_lost(self, monkeypatch):
        mail = OutgoingMailFactory()

        def meanwhile(*args, **kwargs):
            OutgoingMail.objects.update(state=State.QUEUED)
            raise REFUSED

        monkeypatch.setattr("mail.delivery.get_connection", meanwhile)
        deliver(mail_id=mail.pk)

        mail.refresh_from_db()
        assert (mail.state, mail.last_error) == (State.QUEUED, "")
