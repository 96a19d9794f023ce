import pytest

from flasky_site.lib.merging import ChangedMeanwhile, merge


class TestMerge:
    def test_writes_only_what_is_wanted_otherwise_than_it_was_seen(self):
        seen = {"name": "Al", "location": "Here"}

        assert merge(wanted={**seen, "name": "Bo"}, seen=seen, current=seen) == (
            {"name": "Bo"},
            set(),
        )

    def test_keeps_what_somebody_changed_elsewhere(self):
        changes, kept = merge(
            wanted={"name": "Bo", "location": "Here"},
            seen={"name": "Al", "location": "Here"},
            current={"name": "Al", "location": "There"},
        )

        assert (changes, kept) == ({"name": "Bo"}, {"location"})

    def test_writes_over_no_change_that_nobody_has_seen(self):
        with pytest.raises(ChangedMeanwhile) as caught:
            merge(wanted={"name": "Bo"}, seen={"name": "Al"}, current={"name": "Cy"})

        assert caught.value.current == {"name": "Cy"}

    def test_agrees_when_both_wanted_the_same(self):
        wanted = {"name": "Bo"}

        assert merge(wanted=wanted, seen={"name": "Al"}, current=wanted) == ({}, set())

    def test_takes_what_was_not_said_to_be_seen_for_seen_now(self):
        wanted = {"name": "Bo"}

        assert merge(wanted=wanted, seen={}, current={"name": "Al"}) == (wanted, set())
