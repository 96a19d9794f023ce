"""kill -9 of the mail server while mail is asked for; it comes back later."""

import time

from tests.faults.site import Site
from tests.faults.verdicts import Verdict, run
from tests.faults.visitors import Load

TITLE = "kill -9 of the mail server, which stays away for 6 s"


def script(site: Site, verdict: Verdict) -> None:
    with site.serving():
        restarts = site.worker.restarts
        with Load(site) as load:
            time.sleep(3)
            site.mail.kill()
            time.sleep(6)
            waiting = site.waiting_mail()
            site.mail.start()
            time.sleep(2)
        verdict.promise(f"mail waits in the outbox, {waiting}", waiting > 0)
        restarts = site.worker.restarts - restarts
        verdict.promise(f"the worker goes on, {restarts} restarts", restarts == 0)
        # The next attempt is a minute after the first.
        site.let_time_pass()
        verdict.settle_load(site, load)


if __name__ == "__main__":
    run(script, TITLE)
