import json

import pytest

from bench import figures


class TestPercentile:
    @pytest.mark.parametrize(
        ("percent", "value"), [(0, 1), (50, 10), (95, 19), (99, 20), (100, 20)]
    )
    def test_is_not_exceeded_by_that_many(self, percent, value):
        assert figures.percentile(range(20, 0, -1), percent) == value

    def test_of_one_value_is_that_value(self):
        assert figures.percentile([7.5], 95) == 7.5


class TestSpread:
    def test_rounds_middle_and_end(self):
        assert figures.spread([1.00049, 2, 3]) == {"median": 2, "p95": 3}
        assert figures.spread([1.00049]) == {"median": 1.0, "p95": 1.0}


class TestRatio:
    def test_says_how_many_times_as_much(self):
        assert figures.ratio(99, 56) == 1.77

    @pytest.mark.parametrize(("large", "small"), [(None, 1), (1, None), (1, 0)])
    def test_says_nothing_of_what_is_missing(self, large, small):
        assert figures.ratio(large, small) is None


class TestFiles:
    def test_are_read_as_they_were_written(self, tmp_path):
        file = tmp_path / "results" / "small.json"

        figures.write(file, {"pages": [{"name": "Böll", "ms": 1.5}]})

        assert figures.read(file) == {"pages": [{"name": "Böll", "ms": 1.5}]}
        assert json.loads(file.read_text()) == figures.read(file)

    def test_are_nothing_before_anybody_measured(self, tmp_path):
        assert figures.read(tmp_path / "small.json") is None
