from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from mail import services
from mail.delivery import WAITS
from mail.models import OutgoingMail
from tests.factories import OutgoingMailFactory
from tests.factories.mail import message

State = OutgoingMail.State
QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def queue(settings):
    settings.TASKS = QUEUE


@pytest.mark.django_db
class TestQueueMail:
    def test_sends_at_once_without_a_queue(self, mailoutbox):
        mail = services.queue_mail(message=message())

        mail.refresh_from_db()
        assert mail.state == State.SENT
        assert [sent.subject for sent in mailoutbox] == ["[Flasky] A new password"]

    def test_leaves_it_to_the_worker_where_there_is_a_queue(self, queue, mailoutbox):
        mail = services.queue_mail(message=message())

        assert mailoutbox == []
        assert DBTaskResult.objects.get().args_kwargs["args"] == [mail.pk]

    def test_writes_nothing_readable_but_subject_and_recipients(self, queue):
        services.queue_mail(message=message(cc=["bob@example.com"]))

        row = OutgoingMail.objects.values().get()
        assert row["recipients"] == "alice@example.com, bob@example.com"
        assert "secret" not in str(row)
        assert "secret" not in str(DBTaskResult.objects.values().get())


@pytest.mark.django_db(transaction=True)
class TestQueueMailWithWhatCausedIt:
    def test_is_gone_when_that_is_rolled_back(self, queue):
        with transaction.atomic():
            services.queue_mail(message=message())
            transaction.set_rollback(True)

        assert not OutgoingMail.objects.exists()
        assert not DBTaskResult.objects.exists()


@pytest.mark.django_db
class TestResendMail:
    @pytest.mark.parametrize("state", ["failed", "sent"])
    def test_sends_again_what_is_done(self, mailoutbox, state):
        mail = OutgoingMailFactory(**{state: True})

        assert services.resend_mail(mail=mail)

        assert len(mailoutbox) == 1

    def test_does_not_wait_for_the_next_attempt(self, mailoutbox):
        mail = OutgoingMailFactory(due_at=timezone.now() + timedelta(hours=1))

        assert services.resend_mail(mail=mail)

        assert len(mailoutbox) == 1

    def test_leaves_alone_what_is_being_sent(self, mailoutbox):
        mail = OutgoingMailFactory(sending=True)

        assert not services.resend_mail(mail=mail)

        assert mailoutbox == []


@pytest.mark.django_db
class TestRequeueLostMail:
    LONG_AGO = timedelta(minutes=4)

    @pytest.mark.parametrize("state", ["queued", "sending"])
    def test_sends_what_nobody_finished(self, mailoutbox, state):
        long_ago = timezone.now() - self.LONG_AGO
        OutgoingMailFactory(state=state, due_at=long_ago)

        assert services.requeue_lost_mail() == 1

        assert len(mailoutbox) == 1

    @pytest.mark.parametrize("state", ["queued", "sending"])
    def test_leaves_alone_what_may_still_be_worked_on(self, mailoutbox, state):
        OutgoingMailFactory(state=state)

        assert services.requeue_lost_mail() == 0
        assert mailoutbox == []

    @pytest.mark.parametrize("state", ["sent", "failed"])
    def test_leaves_alone_what_is_done(self, state):
        OutgoingMailFactory(**{state: True}, due_at=timezone.now() - self.LONG_AGO)

        assert services.requeue_lost_mail() == 0

    def test_gives_up_what_kills_its_worker_every_time(self, mailoutbox):
        mail = OutgoingMailFactory(
            sending=True,
            attempts=len(WAITS) + 1,
            due_at=timezone.now() - self.LONG_AGO,
        )

        assert services.requeue_lost_mail() == 0

        mail.refresh_from_db()
        assert mail.state == State.FAILED
        assert "killed" in mail.last_error
        assert mailoutbox == []


@pytest.mark.django_db
class TestPurgeMail:
    LONG_AGO = timedelta(days=15)

    def test_deletes_what_was_done_long_ago(self):
        OutgoingMailFactory(sent=True, created_at=timezone.now() - self.LONG_AGO)
        OutgoingMailFactory(failed=True, created_at=timezone.now() - self.LONG_AGO)

        assert services.purge_mail() == 2

    def test_keeps_what_is_recent_or_waits(self):
        OutgoingMailFactory(sent=True)
        OutgoingMailFactory(created_at=timezone.now() - self.LONG_AGO)

        assert services.purge_mail() == 0
