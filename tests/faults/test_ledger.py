from tests.faults.ledger import Entry, Ledger, missing, rows, summary, table


def entry(kind="post", mark="a", outcome="201", began=0.0, ended=0.0):
    return Entry(kind, mark, outcome, began, ended)


class TestLedger:
    def test_counts_answers_of_2xx_and_3xx_as_acknowledged(self):
        ledger = Ledger(
            [entry(mark=outcome, outcome=outcome) for outcome in ("201", "302", "503")]
            + [entry(mark="reset", outcome="ConnectionResetError")]
        )

        assert ledger.acknowledged("post") == ["201", "302"]
        assert ledger.failures() == {"503": 1, "ConnectionResetError": 1}

    def test_finds_the_longest_time_without_an_acknowledged_write(self):
        ledger = Ledger(
            [
                entry(began=0, ended=1),
                entry(began=1, ended=3, outcome="503"),
                entry("read", began=3, ended=4, outcome="200"),
                entry(began=3, ended=6),
                entry(began=6, ended=8),
            ]
        )

        assert ledger.longest_gap() == 5

    def test_sees_a_gap_that_lasts_to_the_end(self):
        ledger = Ledger([entry(ended=1), entry(began=1, ended=9, outcome="503")])

        assert ledger.longest_gap() == 8

    def test_has_no_gap_without_writes(self):
        assert Ledger([entry("read")]).longest_gap() == 0


class TestMissing:
    def test_names_what_is_not_there(self):
        assert missing(["a", "b"], ["b", "c"]) == {"a": 1}

    def test_wants_each_of_several_alike(self):
        assert missing(["a", "a"], ["a"]) == {"a": 1}


class TestTable:
    def test_tells_sent_acknowledged_found_and_lost(self):
        ledger = Ledger([entry(), entry(mark="b"), entry(mark="c", outcome="503")])

        (row,) = rows(ledger, {"post": ["a"]})

        assert (row.sent, row.acknowledged, row.found, row.lost) == (3, 2, 1, 1)
        assert table([row]).splitlines()[1].split() == ["post", "3", "2", "1", "1"]

    def test_looks_for_no_reads(self):
        (row,) = rows(Ledger([entry("read", outcome="200")]), {"post": []})

        assert (row.found, row.lost) == (None, None)

    def test_names_what_failed(self):
        ledger = Ledger([entry(), entry(outcome="503"), entry(outcome="503")])

        assert summary(ledger) == "failed: 2 × 503; longest gap 0.0 s"
