import logging
import threading
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail as outbox
from django.core.mail import EmailMessage
from django.db import OperationalError, transaction
from redis.exceptions import ConnectionError as NoRedis

from flasky_site.monitoring import error_mails
from mail.models import OutgoingMail

from .test_middleware import WRONG

OPERATORS = ["first@example.com", "second@example.com"]
logger = logging.getLogger("blog")


@pytest.fixture(autouse=True)
def _operators(settings):
    settings.FLASKY_ADMIN = OPERATORS
    settings.ROOT_URLCONF = WRONG


@pytest.fixture
def at_once(monkeypatch):
    """Mail in the thread of the test, which alone sees its transaction."""
    monkeypatch.setattr(
        error_mails, "in_background", lambda work, *arguments: work(*arguments)
    )
    monkeypatch.setattr(error_mails.connections, "close_all", lambda: None)


@pytest.fixture
def message():
    return EmailMessage("[Flasky] broken", "broken", None, OPERATORS)


@pytest.mark.usefixtures("production_log")
class TestErrorMailHandler:
    def test_tells_kind_place_route_and_id(self, client, mailed_errors):
        client.raise_request_exception = False

        response = client.get("/fail/alice/")

        ((_kind, mail),) = mailed_errors
        place = "tests/flasky_site/monitoring/urls.py:"
        assert mail.subject.startswith(f"[Flasky] IntegrityError in {place}")
        assert f"request_id: {response['X-Request-ID']}\n" in mail.body
        assert "route: fail\n" in mail.body
        assert "raise IntegrityError(" in mail.body
        assert mail.to == OPERATORS

    @pytest.mark.django_db
    def test_tells_who_asked_for_the_query_that_failed(self, client, mailed_errors):
        client.raise_request_exception = False

        client.get("/mistake/")

        ((_kind, mail),) = mailed_errors
        assert " in tests/flasky_site/monitoring/urls.py:" in mail.subject

    def test_tells_of_errors_that_are_logged_and_not_raised(
        self, client, mailed_errors
    ):
        client.get("/complain/alice/")

        ((_kind, mail),) = mailed_errors
        assert mail.subject == "[Flasky] Could not do it for [hidden]"
        assert "logger: blog.example\n" in mail.body

    def test_mails_one_of_a_kind_and_each_kind(self, client, mailed_errors):
        client.raise_request_exception = False
        for way in ("fail", "complain"):
            client.get(f"/{way}/alice/")
            client.get(f"/{way}/bob/")

        assert len(mailed_errors) == 2
        assert len({kind for kind, _mail in mailed_errors}) == 2

    def test_mails_the_same_again_after_ten_minutes(self, mailed_errors, monkeypatch):
        moments = iter([1000.0, 1599.0, 1601.0])
        monkeypatch.setattr(error_mails.time, "monotonic", lambda: next(moments))

        for _ in range(3):
            logger.error("broken")

        assert len(mailed_errors) == 2

    def test_mails_nothing_below_an_error(self, client, mailed_errors):
        logger.warning("strange")
        client.get("/refuse/alice/")

        assert not mailed_errors

    def test_mails_nothing_that_strangers_can_cause(self, client, mailed_errors):
        client.get("/", headers={"Host": "evil.example.com"})

        assert not mailed_errors

    def test_mails_nothing_about_mail(self, mailed_errors):
        logging.getLogger("mail.delivery").error("Gave up mail %s", 1)

        assert not mailed_errors

    def test_mails_nobody_when_nobody_is_named(self, mailed_errors, settings):
        settings.FLASKY_ADMIN = []

        logger.error("broken")

        assert not mailed_errors

    @pytest.mark.django_db
    def test_goes_by_the_outbox(self, at_once):
        logger.error("broken")

        mail = OutgoingMail.objects.get()
        assert mail.recipients == ", ".join(OPERATORS)
        assert mail.state == OutgoingMail.State.SENT

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.side_by_side
    def test_stays_when_the_transaction_around_it_does_not(self):
        with transaction.atomic():
            logger.error("broken")
            transaction.set_rollback(True)
        for thread in threading.enumerate():
            if thread.name == "error-mail":
                thread.join(10)

        assert OutgoingMail.objects.count() == 1


class TestMailOnce:
    def test_passes_by_what_another_process_mailed(self, message, monkeypatch):
        sent = []
        monkeypatch.setattr(error_mails, "send", sent.append)

        error_mails.mail_once("kind", message)
        error_mails.mail_once("kind", message)
        error_mails.mail_once("other", message)

        assert len(sent) == 2

    def test_sends_without_the_cache(self, message, monkeypatch):
        sent = []
        monkeypatch.setattr(error_mails, "send", sent.append)

        def fail(*arguments):
            raise NoRedis

        monkeypatch.setattr(error_mails.cache, "add", fail)
        error_mails.mail_once("kind", message)

        assert sent == [message]


@pytest.mark.usefixtures("at_once")
class TestSend:
    @pytest.fixture
    def _no_database(self, monkeypatch):
        def fail(**arguments):
            raise OperationalError

        monkeypatch.setattr("mail.services.queue_mail", fail)

    @pytest.mark.usefixtures("_no_database")
    def test_goes_to_the_mail_server_when_the_database_fails(self, message):
        error_mails.send(message)

        assert [sent.subject for sent in outbox.outbox] == ["[Flasky] broken"]

    @pytest.mark.usefixtures("_no_database")
    def test_says_when_neither_can_be_reached(
        self, message, monkeypatch, production_log
    ):
        def fail(*arguments, **options):
            raise SMTPServerDisconnected("from 203.0.113.77")

        backend = "django.core.mail.backends.locmem.EmailBackend"
        monkeypatch.setattr(f"{backend}.send_messages", fail)
        error_mails.send(message)

        (line,) = production_log.lines
        assert line["level"] == "warning"
        assert line["event"] == "Could not mail an error: SMTPServerDisconnected"
