"""kill -9 of a web worker, twice, while the site is used."""

import os
import signal
import time

from tests.faults.processes import children_of
from tests.faults.site import Site
from tests.faults.verdicts import Verdict, run
from tests.faults.visitors import Load

TITLE = "kill -9 of a web worker"


def script(site: Site, verdict: Verdict) -> None:
    with site.serving() as web:
        with Load(site) as load:
            for _time in range(2):
                time.sleep(4)
                os.kill(children_of(web.pid)[0], signal.SIGKILL)
            time.sleep(5)
        # What the one that was killed had begun to answer, and nothing else.
        verdict.settle_load(site, load, "ConnectionResetError RemoteDisconnected")
        failed = load.ledger.failures().total()
        verdict.promise(f"fails as many as were under way, {failed}", failed <= 16)
        gap = load.ledger.longest_gap()
        verdict.promise(f"goes on with the other worker after {gap:.1f} s", gap < 5)


if __name__ == "__main__":
    run(script, TITLE)
