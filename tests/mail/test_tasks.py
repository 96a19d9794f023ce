import pytest
from django_tasks_db.models import DBTaskResult

from mail.tasks import deliver_mail
from tests.factories import OutgoingMailFactory


@pytest.mark.django_db
class TestDeliverMail:
    @pytest.fixture(autouse=True)
    def _dead_server(self, settings):
        settings.MAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_PORT = 1

    def test_queues_the_next_attempt(self, settings):
        settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
        mail = OutgoingMailFactory()

        deliver_mail.call(mail.pk)

        mail.refresh_from_db()
        assert DBTaskResult.objects.get().run_after == mail.due_at

    def test_leaves_it_at_that_where_there_is_no_queue(self):
        mail = OutgoingMailFactory()

        deliver_mail.call(mail.pk)

        mail.refresh_from_db()
        assert mail.attempts == 1
