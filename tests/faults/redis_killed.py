"""kill -9 of Redis while the site is used; it stays away, and then comes back."""

import time

from tests.faults.site import Site
from tests.faults.verdicts import Verdict, run
from tests.faults.visitors import PASSWORD, Load, Visitor

TITLE = "kill -9 of Redis, which stays away for 8 s"
_LOG_INS = 30


def guess(site: Site) -> str:
    """Return how wrong passwords end, for one member, from one address."""
    guesser = Visitor(site.port)
    for _number in range(_LOG_INS):
        fields = {"login": "member399", "password": f"not {PASSWORD}"}
        answer = guesser.send_form("/auth/login/", **fields)
        if answer.outcome == "429" or "Too many attempts" in answer.text:
            return "refused"
        if answer.outcome not in {"200", "422"}:
            return answer.outcome
    return "let go on"


def script(site: Site, verdict: Verdict) -> None:
    with site.serving():
        with Load(site) as load:
            time.sleep(4)
            site.redis.kill()
            began = time.monotonic()
            member = Visitor(site.port)
            entered = member.log_in(300).outcome
            page = member.ask("GET", "/edit-profile/").outcome
            guesses = guess(site)
            time.sleep(max(0.0, began + 8 - time.monotonic()))
            site.redis.start()
            time.sleep(4)
        verdict.promise(f"a log-in without Redis answers {entered}", entered == "302")
        verdict.promise(f"and a page of the member {page}", page == "200")
        verdict.promise(f"a guesser is {guesses} all the same", guesses == "refused")
        ready = Visitor(site.port).ask("GET", "/readyz").outcome
        verdict.promise(f"/readyz answers {ready} when it is back", ready == "200")
        gap = load.ledger.longest_gap()
        verdict.promise(f"nobody waits long, {gap:.1f} s", gap < 5)
        verdict.settle_load(site, load)


if __name__ == "__main__":
    run(script, TITLE)
