import pytest

from bench import report, tables, targets


def page(name="home", *, queries=2, buffers=100, ms=4.0, **more):
    cost = {
        "ms": {"median": ms, "p95": ms * 2},
        "cpu_ms": {"median": ms, "p95": ms},
        "database_ms": {"median": 1.0, "p95": 1.0},
        "queries": queries,
        "buffers": buffers,
        "tables_read_whole": [],
    }
    known = {"signed_in": False, "is_known": False}
    return {"name": name, "bytes": 30_000, "cold": cost, "warm": cost, **known, **more}


def site(*pages):
    return {"pages": [*pages]}


class TestMarked:
    def test_says_which_number_is_over(self):
        assert tables.marked(121, 120) == "**121 over**"
        assert tables.marked(120, 120) == "120"

    def test_says_nothing_of_what_was_not_measured(self):
        assert tables.marked(None, 120) == "–"


class TestAtLeast:
    def test_says_which_number_is_under(self):
        assert tables.at_least(19.94, 20, ".1f") == "**19.9 under** / 20"
        assert tables.at_least(20, 20, ".1f") == "20.0 / 20"
        assert tables.at_least(3, None, ".1f") == "3.0"


class TestDatabaseTable:
    def row(self, small, large):
        return tables.database_table(small, large).splitlines()[2]

    def test_shows_growth_beside_its_target(self):
        row = self.row(site(page(buffers=50)), site(page(buffers=110)))

        assert row.startswith("| home | 2 / 2 | 50 | 110 / 120 | **2.2 over** / 2 |")

    def test_allows_what_finds_out_who_asks(self):
        signed_in = page("home, signed in", queries=3, is_known=True)

        assert "| 3 / 3 |" in self.row(None, site(signed_in))
        assert "| **5 over** / 2 |" in self.row(None, site(page(queries=5)))

    def test_shows_a_page_that_was_measured_at_one_size(self):
        assert self.row(site(page(buffers=50)), None).startswith(
            "| home | 2 / 2 | 50 | – / 120 | – / 2 |"
        )


class TestTimeTable:
    def test_marks_time_that_grows_more_than_buffers(self):
        small = site(page(buffers=100, ms=4), page("post", buffers=100, ms=4))
        large = site(page(buffers=150, ms=7), page("post", buffers=150, ms=6))

        home, post = tables.time_table(small, large).splitlines()[2:]

        assert "| **1.75 over** |" in home
        assert "| 1.50 |" in post


class TestTargets:
    def test_are_given_for_each_page_that_is_compared(self):
        assert set(targets.ORIGINAL) == set(targets.LEAST_MULTIPLES)

    def test_have_a_limit_for_each_page(self):
        assert all(target.queries for target in targets.TARGETS.values())


class TestPut:
    text = "Before\n\n<!-- growth -->\nold\n<!-- end of growth -->\n\nAfter\n"

    def test_replaces_what_is_between_the_marks_alone(self):
        new = report.put(self.text, "growth", r"new \1")

        assert new == self.text.replace("old\n", "\nnew \\1\n\n")
        assert report.put(new, "growth", "again").count("again") == 1

    def test_refuses_a_page_without_marks(self):
        with pytest.raises(ValueError, match="'pages' are missing"):
            report.put(self.text, "pages", "new")


class TestDrawings:
    def test_show_what_was_measured_at_both_sizes(self):
        small = {**site(page(), page("people")), "size": {"posts": 100}}
        large = {**site(page()), "size": {"posts": 5000}}

        drawn = report.drawings(small, large)["cost-buffers.svg"]

        assert "home · 100" in drawn
        assert "people" not in drawn
