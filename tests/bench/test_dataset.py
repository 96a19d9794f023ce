import json
from collections import Counter

import pytest

from bench import dataset


@pytest.fixture(scope="module")
def made():
    return dataset.make()


class TestMake:
    def test_has_the_shape_that_is_compared(self, made):
        counts = [len(getattr(made, key)) for key in dataset.KEYS]
        commented = Counter(row["post_id"] for row in made.comments)
        followed = Counter(row["follower_id"] for row in made.follows)

        assert counts == [200, 5000, 20_000, 4000]
        assert commented[dataset.HOT_POST] == 100
        assert set(followed.values()) == {20}
        assert len({(r["follower_id"], r["followed_id"]) for r in made.follows}) == 4000

    def test_has_nobody_follow_themselves(self, made):
        assert all(row["follower_id"] != row["followed_id"] for row in made.follows)

    def test_is_oldest_first(self, made):
        for rows in (made.posts, made.comments):
            assert [row["timestamp"] for row in rows] == sorted(
                row["timestamp"] for row in rows
            )

    def test_is_the_same_each_time(self, made):
        assert dataset.make() == made


class TestGet:
    rows = {key: [] for key in dataset.KEYS}

    def test_makes_one_when_none_is_given(self, tmp_path):
        assert dataset.get("", tmp_path).source == "made here"

    def test_reads_a_file(self, tmp_path):
        file = tmp_path / "some.json"
        file.write_text(json.dumps(self.rows | {"users": [{"id": 1}]}))

        found = dataset.get(str(file), tmp_path)

        assert found.users == [{"id": 1}]
        assert found.source == "as some.json has it"

    def test_runs_a_script_that_writes_one(self, tmp_path):
        script = tmp_path / "write.py"
        script.write_text(
            "import sys\nfrom pathlib import Path\n"
            f"Path(sys.argv[1]).write_text({json.dumps(self.rows)!r})\n"
        )

        assert dataset.get(str(script), tmp_path).source == "as write.py has it"
