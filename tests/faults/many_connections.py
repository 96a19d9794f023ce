"""200 connections at once on a site of 8 threads, each of them twice."""

import threading
import time

from tests.faults.ledger import Entry, Ledger
from tests.faults.site import THREADS_EACH, WEB_PROCESSES, Site
from tests.faults.verdicts import Verdict, run
from tests.faults.visitors import Load, Visitor

TITLE = f"200 connections on a site of {WEB_PROCESSES * THREADS_EACH} threads"
_CONNECTIONS = 200
_TIMES = 2


def script(site: Site, verdict: Verdict) -> None:
    crowd = Ledger()
    together = threading.Barrier(_CONNECTIONS)

    def come() -> None:
        visitor = Visitor(site.port)
        together.wait()
        for _time in range(_TIMES):
            began = time.monotonic()
            answer = visitor.ask("GET", "/")
            crowd.note(Entry("read", "/", answer.outcome, began, time.monotonic()))

    with site.serving():
        with Load(site) as load:
            threads = [threading.Thread(target=come) for _ in range(_CONNECTIONS)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        failed = crowd.failures()
        print(
            f"{len(crowd.entries)} requests of {_CONNECTIONS} connections, "
            f"the slowest in {crowd.slowest():.1f} s"
        )
        verdict.promise(f"each of them is answered, {dict(failed)}", not failed)
        verdict.settle_load(site, load)


if __name__ == "__main__":
    run(script, TITLE)
