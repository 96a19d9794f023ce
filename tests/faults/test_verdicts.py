from tests.faults.ledger import Entry, Ledger
from tests.faults.verdicts import Verdict


def settled(*outcomes, found=("a",), allowed=""):
    ledger = Ledger([Entry("post", "a", outcome, 0, 1) for outcome in outcomes])
    verdict = Verdict("a fault")
    verdict.settle(ledger, {"post": list(found)}, allowed)
    return verdict


class TestVerdict:
    def test_is_kept_when_all_is_found(self):
        assert settled("201").is_kept

    def test_is_broken_when_something_is_lost(self):
        assert not settled("201", found=()).is_kept

    def test_is_broken_by_a_failure_that_was_not_announced(self):
        assert not settled("201", "500", allowed="503").is_kept

    def test_is_broken_when_nothing_was_tried(self):
        assert not settled().is_kept

    def test_allows_what_was_announced(self):
        assert settled("201", "503", allowed="503").is_kept

    def test_says_which_promise_is_broken(self):
        verdict = Verdict("a fault")
        verdict.promise("comes back", False)
        verdict.promise("says why", True)

        assert str(verdict).splitlines() == [
            "  BROKEN  comes back",
            "  kept    says why",
        ]
