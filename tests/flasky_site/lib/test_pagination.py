import pytest
from django.http import QueryDict

from flasky_site.lib.pagination import LAST, Page, parse_page


def page_of(query, total, size=20, fragment=""):
    return Page.of(QueryDict(query), total=total, size=size, fragment=fragment)


class TestParsePage:
    @pytest.mark.parametrize(
        ("text", "number"),
        [
            ("3", 3),
            ("-1", LAST),
            (None, 1),
            ("", 1),
            ("abc", 1),
            ("1.5", 1),
            ("0", 1),
            ("-5", 1),
            ("+2", 2),
            (" 2 ", 2),
            ("2\x00", 1),
            ("0x2", 1),
            ("٣", 3),
            ("9" * 10_000, int("9" * 20)),
        ],
    )
    def test_tolerates_anything(self, text, number):
        assert parse_page(text) == number


class TestPage:
    @pytest.mark.parametrize(
        ("query", "number"),
        [
            ("", 1),
            ("page=2", 2),
            ("page=-1", 3),
            ("page=99999999999999999999", 3),
            ("page=abc", 1),
            ("page=0", 1),
            ("page=-5", 1),
        ],
    )
    def test_is_always_one_that_exists(self, query, number):
        assert page_of(query, total=41).number == number

    def test_is_the_one_that_is_named_last(self):
        assert page_of("page=3&page=2", total=41).number == 2

    def test_of_nothing_is_the_first_and_only(self):
        page = page_of("page=7", total=0)

        assert (page.number, page.num_pages, page.count) == (1, 1, 0)
        assert not page.is_paginated

    def test_knows_how_many_rows_come_before_and_on_it(self):
        last = page_of("page=-1", total=41)

        assert (last.skip, last.count) == (40, 1)
        assert page_of("page=-1", total=40).count == 20

    @pytest.mark.parametrize(
        ("number", "pages", "shown"),
        [
            (
                50,
                100,
                [1, 2, None, 48, 49, 50, 51, 52, 53, 54, 55, None, 99, 100],
            ),
            (1, 1, [1]),
            (1, 2, [1, 2]),
            (2, 2, [1, 2]),
            (1, 3, [1, 2, 3]),
            (1, 10, [1, 2, 3, 4, 5, 6, None, 9, 10]),
            (10, 10, [1, 2, None, 8, 9, 10]),
            (5, 12, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
            # A gap stays one where a single number is left out.
            (6, 14, [1, 2, None, 4, 5, 6, 7, 8, 9, 10, 11, None, 13, 14]),
            (1, 9, [1, 2, 3, 4, 5, 6, None, 8, 9]),
            (100, 100, [1, 2, None, 98, 99, 100]),
            (99, 100, [1, 2, None, 97, 98, 99, 100]),
            (2, 100, [1, 2, 3, 4, 5, 6, 7, None, 99, 100]),
        ],
    )
    def test_shows_edges_and_neighbours_with_gaps_between(self, number, pages, shown):
        page = Page(number=number, size=1, total=pages)

        assert list(page.iter_pages()) == shown

    def test_shows_as_much_as_is_asked_for(self):
        page = Page(number=50, size=1, total=100)

        shown = page.iter_pages(
            left_edge=0, left_current=1, right_current=1, right_edge=1
        )

        assert list(shown) == [None, 49, 50, 51, None, 100]

    def test_shows_few_numbers_of_very_many(self):
        page = page_of("page=-1", total=20 * 10**9)

        assert list(page.iter_pages())[-3:] == [10**9 - 2, 10**9 - 1, 10**9]

    def test_links_keep_the_other_parameters_and_the_fragment(self):
        page = page_of("q=a+b&page=2&q=c", total=60, fragment="comments")

        assert page.next_href == "?q=a+b&q=c&page=3#comments"
        assert page.previous_href == "?q=a+b&q=c&page=1#comments"

    def test_ends_have_no_link_beyond_them(self):
        assert page_of("", total=41).previous_href == ""
        assert page_of("page=-1", total=41).next_href == ""

    def test_gaps_have_no_address(self):
        links = Page(number=50, size=1, total=100).links()

        assert links[2] == {"number": None, "href": ""}
        assert links[0] == {"number": 1, "href": "?page=1"}
