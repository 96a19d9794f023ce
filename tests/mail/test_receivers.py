from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from flasky_site.lib.chores import hour_passed, minute_passed
from mail.models import OutgoingMail
from mail.tasks import deliver_mail
from tests.factories import OutgoingMailFactory


@pytest.fixture(autouse=True)
def _queue(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def long_ago():
    return timezone.now() - timedelta(days=30)


def make_task(status, **columns):
    result = deliver_mail.enqueue(123_456)
    DBTaskResult.objects.filter(pk=result.id).update(status=status, **columns)


@pytest.mark.django_db
class TestMinutePassed:
    def test_begins_anew_with_tasks_whose_worker_is_gone(self, long_ago):
        make_task(TaskResultStatus.RUNNING, started_at=long_ago)

        minute_passed.send(None)

        assert DBTaskResult.objects.get().status == TaskResultStatus.READY

    def test_queues_mail_that_nobody_finished(self, long_ago):
        mail = OutgoingMailFactory(sending=True, due_at=long_ago)

        minute_passed.send(None)

        mail.refresh_from_db()
        assert mail.state == OutgoingMail.State.QUEUED


@pytest.mark.django_db
class TestHourPassed:
    def test_forgets_tasks_that_ended_long_ago(self, long_ago):
        make_task(TaskResultStatus.SUCCESSFUL, finished_at=long_ago)

        hour_passed.send(None)

        assert not DBTaskResult.objects.exists()

    def test_deletes_mail_that_was_sent_long_ago(self, long_ago):
        OutgoingMailFactory(sent=True, created_at=long_ago)

        hour_passed.send(None)

        assert not OutgoingMail.objects.exists()
