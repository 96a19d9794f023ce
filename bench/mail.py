"""Time one worker over a full outbox: ``python -m bench.mail [MESSAGES]``.

Queues the messages (1,000 unless told), lets one worker deliver them to an SMTP server
on this machine, and prints how long that took. DATABASE_URL chooses the database;
without it, SQLite in a file. More than 60 s for 1,000 is too slow.
"""

import os
import platform
import sys
import tempfile
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "flasky_site.settings.test")
django.setup()

from django.db import connection  # noqa: E402

from tests.scratch import scratch_site  # noqa: E402
from tests.scratch.smtp import smtp_server  # noqa: E402

SECONDS_FOR_A_THOUSAND = 60
QUEUE_THEM = """
from django.core.mail import send_mail
for number in range({count}):
    send_mail(f"Number {{number}}", "Text " * 200, None, [f"m{{number}}@example.com"])
"""


def main() -> None:
    count = int(sys.argv[1]) if sys.argv[1:] else 1000
    with (
        smtp_server() as inbox,
        tempfile.TemporaryDirectory() as folder,
        scratch_site(folder, inbox.port) as site,
    ):
        site.evaluate(QUEUE_THEM.format(count=count))
        start = time.monotonic()
        site.run("worker", "--batch")
        seconds = time.monotonic() - start
    arrived = len(set(inbox.names))
    print(f"Python {platform.python_version()}, {connection.vendor}")
    print(f"{arrived} of {count} in {seconds:.1f} s with the start of the worker")
    if arrived < count or seconds > SECONDS_FOR_A_THOUSAND * max(1, count / 1000):
        sys.exit("Too slow, or not all of them.")


if __name__ == "__main__":
    main()
