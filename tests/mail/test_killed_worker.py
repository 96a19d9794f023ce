"""A real mail server, and a worker that is killed in the middle of its work."""

import signal

import pytest

from tests.scratch import scratch_site
from tests.scratch.smtp import smtp_server

MESSAGES = 60
QUEUE_THEM = f"""
from django.core.mail import send_mail
for number in range({MESSAGES}):
    send_mail(f"Number {{number}}", "Text", None, [f"member{{number}}@example.com"])
"""
STATES = """
import json
from mail.models import OutgoingMail
print(json.dumps(list(OutgoingMail.objects.values_list("state", flat=True))))
"""
# What the time that passes would do.
LOSE_WHAT_WAS_CUT_OFF = """
from django.utils import timezone
from mail.delivery import LOST_AFTER
from mail.models import OutgoingMail
OutgoingMail.objects.filter(state="sending").update(
    due_at=timezone.now() - 2 * LOST_AFTER
)
"""


@pytest.fixture
def inbox():
    # Slow enough that the worker is killed in time.
    with smtp_server(pause=0.01) as inbox:
        yield inbox


@pytest.fixture
def site(inbox, tmp_path, django_db_blocker):
    with django_db_blocker.unblock(), scratch_site(tmp_path, inbox.port) as site:
        yield site


@pytest.mark.usefixtures("db")
class TestKilledWorker:
    def test_loses_no_message(self, site, inbox):
        site.evaluate(QUEUE_THEM)
        kills = 0
        for wait_for in [MESSAGES // 3, 2 * MESSAGES // 3]:
            worker = site.start("worker")
            inbox.wait_for(wait_for)
            worker.send_signal(signal.SIGKILL)
            worker.wait()
            kills += 1

        site.evaluate(LOSE_WHAT_WAS_CUT_OFF)
        site.run("worker", "--batch")

        assert set(site.evaluate(STATES)) == {"sent"}
        assert len(set(inbox.names)) == MESSAGES
        # Only what was being sent at that moment may come twice.
        assert len(inbox.names) - MESSAGES <= kills
