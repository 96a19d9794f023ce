import pytest
from django.http import QueryDict

from accounts.models import User
from flasky_site.lib.cursors import Cursor, Stretch, parse_id

HIGHEST = str(2**63 - 1)


class TestParseId:
    @pytest.mark.parametrize(("text", "number"), [("0", 0), ("007", 7), (HIGHEST,) * 2])
    def test_reads_what_a_row_could_have(self, text, number):
        assert parse_id(text) == int(number)

    @pytest.mark.parametrize(
        "text",
        [
            None,
            "",
            "-1",
            "+1",
            "1.5",
            " 1",
            "abc",
            "²",
            "\u0661",
            str(2**63),
            "9" * 5000,
        ],
    )
    def test_finds_none_in_nonsense(self, text):
        assert parse_id(text) is None


class TestCursor:
    @pytest.mark.parametrize(
        ("query", "cursor"),
        [
            ("", Cursor()),
            ("before=5", Cursor(before=5)),
            ("after=5", Cursor(after=5)),
            ("before=5&after=3", Cursor(before=5)),
            ("before=x&after=3", Cursor(after=3)),
            ("before=x&after=", Cursor()),
        ],
    )
    def test_is_read_from_an_address(self, query, cursor):
        assert Cursor.of(QueryDict(query)) == cursor

    def test_is_first_where_nothing_was_asked(self):
        assert Cursor().is_first
        assert not Cursor(before=0).is_first
        assert not Cursor(after=0).is_first


def members(*ids):
    return [User(pk=number) for number in ids]


class TestStretch:
    def test_of_the_newest_has_nothing_newer(self):
        stretch = Stretch.of(Cursor(), members(9, 8, 7), size=2)

        assert [row.pk for row in stretch.rows] == [9, 8]
        assert (stretch.newer_href, stretch.older_href) == ("", "?before=8")

    def test_ends_where_no_more_rows_came(self):
        stretch = Stretch.of(Cursor(before=10), members(9, 8), size=2)

        assert (stretch.newer_href, stretch.older_href) == ("?after=9", "")

    def test_that_was_read_upwards_is_newest_first_too(self):
        stretch = Stretch.of(Cursor(after=6), members(7, 8, 9), size=2)

        assert [row.pk for row in stretch.rows] == [8, 7]
        assert (stretch.newer_href, stretch.older_href) == ("?after=8", "?before=7")

    def test_of_nothing_leads_nowhere(self):
        stretch = Stretch.of(Cursor(after=6), [], size=2)

        assert (stretch.newer_href, stretch.older_href) == ("", "")
