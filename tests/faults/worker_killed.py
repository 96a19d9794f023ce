"""kill -9 of the task worker in the middle of a task, three times."""

import time

from tests.faults.ledger import missing
from tests.faults.processes import wait_for
from tests.faults.site import Site
from tests.faults.verdicts import Verdict, run
from tests.faults.visitors import Load

TITLE = "kill -9 of the task worker in the middle of a task"
_RUNNING = (
    "select count(*) from django_tasks_database_dbtaskresult where status = 'RUNNING'"
)
_SENDING = "select count(*) from mail_outgoingmail where state = 'sending'"


def kill_in_the_middle(site: Site, cut_off: int) -> None:
    """Kill the worker while it is at one more task than were ``cut_off``."""
    wait_for(lambda: site.count(_SENDING) > cut_off, 20, "a task runs")
    time.sleep(0.2)
    restarts = site.worker.restarts
    site.worker.program.process.kill()
    wait_for(lambda: site.worker.restarts > restarts, 20, "a restart")


def script(site: Site, verdict: Verdict) -> None:
    # A mail server that takes its time, so that the worker is in the middle.
    site.mail.kill()
    site.mail.start(seconds_a_message=0.7)
    with site.serving():
        with Load(site) as load:
            for number in range(3):
                kill_in_the_middle(site, number)
            time.sleep(2)
        site.mail.kill()
        site.mail.start()
        cut_off = site.count(_SENDING)
        verdict.promise(f"tasks were cut off, {cut_off}", cut_off > 0)
        # The others do not wait for those that were cut off.
        wait_for(lambda: site.waiting_mail() == cut_off, 45, "all other mail is sent")
        site.let_time_pass()
        site.settle_mail()
        sent = site.mail.recipients()[load.mails_before :]
        twice = missing(sent, load.ledger.acknowledged("mail"))
        print(f"mails sent twice: {twice.total()}")
        wait_for(lambda: site.count(_RUNNING) == 0, 30, "no task is left running")
        verdict.settle_load(site, load)


if __name__ == "__main__":
    run(script, TITLE)
