"""kill -9 of PostgreSQL, postmaster and children, while the site is used."""

import time

from tests.faults.processes import wait_for
from tests.faults.site import Site
from tests.faults.verdicts import Verdict, run
from tests.faults.visitors import Answer, Load, Visitor

TITLE = "kill -9 of PostgreSQL, which starts again after 8 s"
_AWAY = 8.0
# What was cut off in the middle, and what was asked while nothing was there.
_POLITE = "503"


def says_when_to_come_back(answer: Answer) -> bool:
    retry_after = answer.headers.get("retry-after", "")
    return answer.outcome == "503" and retry_after.isdecimal()


def is_our_page(answer: Answer) -> bool:
    return (
        says_when_to_come_back(answer)
        and answer.headers["content-type"].startswith("text/html")
        and "back in a moment" in answer.text
        and "Traceback" not in answer.text
    )


def is_our_problem(answer: Answer) -> bool:
    return (
        says_when_to_come_back(answer)
        and answer.headers["content-type"] == "application/problem+json"
        and '"service unavailable"' in answer.text
    )


def look_at_the_outage(site: Site, verdict: Verdict, member: Visitor) -> None:
    visitor = Visitor(site.port)
    # Visitors may be sent a page of a moment ago, which members never are.
    home = member.ask("GET", "/")
    verdict.promise(f"/ answers {home.outcome} with our page", is_our_page(home))
    told = Visitor(site.port, site.tokens[0]).send_json("GET", "/api/v1/posts/")
    verdict.promise(f"the API answers {told.outcome} in JSON", is_our_problem(told))
    alive = visitor.ask("GET", "/healthz").outcome
    verdict.promise(f"/healthz answers {alive}", alive == "200")
    ready = visitor.ask("GET", "/readyz").outcome
    verdict.promise(f"/readyz answers {ready}", ready == "503")


def script(site: Site, verdict: Verdict) -> None:
    with site.serving():
        restarts = site.worker.restarts
        member = Visitor(site.port)
        member.log_in(250)
        with Load(site) as load:
            time.sleep(4)
            site.postgres.kill()
            began = time.monotonic()
            look_at_the_outage(site, verdict, member)
            time.sleep(max(0.0, began + _AWAY - time.monotonic()))
            site.postgres.start()
            back = wait_for(
                lambda: member.ask("GET", "/").outcome == "200", 20, "/ is back"
            )
            time.sleep(4)
        verdict.promise(f"is back {back:.1f} s after the database", back < 5)
        restarts = site.worker.restarts - restarts
        verdict.promise(f"the worker goes on, {restarts} restarts", restarts == 0)
        site.let_time_pass()
        verdict.settle_load(site, load, _POLITE)


if __name__ == "__main__":
    run(script, TITLE)
