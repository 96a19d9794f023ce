import pytest
from django.core.mail import get_connection, send_mail

from mail.models import OutgoingMail
from tests.factories.mail import message


@pytest.mark.django_db
class TestOutboxEmailBackend:
    def test_queues_what_django_sends(self):
        assert send_mail("Hello", "Text", None, ["alice@example.com"]) == 1

        assert OutgoingMail.objects.get().recipients == "alice@example.com"

    def test_passes_over_what_is_for_nobody(self):
        assert get_connection().send_messages([message(to=[])]) == 0

        assert not OutgoingMail.objects.exists()
