from xml.etree import ElementTree

import pytest

from bench.plot import Drawing, Line, spread_out

LINES = [Line("home", 56, 99), Line("post, <signed in>", 247, 280), Line("desk", 5, 6)]


def drawing(lines=LINES, growth=50):
    return Drawing("Cost", "pages of 8 kB", ("small", "large"), lines, growth)


class TestSpreadOut:
    def test_leaves_what_is_far_enough_apart(self):
        assert spread_out([10, 40, 70], 15, (0, 100)) == [10, 40, 70]

    def test_moves_what_is_too_near_around_its_middle(self):
        assert spread_out([50, 52], 10, (0, 100)) == [46, 56]

    def test_stays_between_the_ends(self):
        assert spread_out([2, 3, 97, 98], 15, (0, 100)) == [0, 15, 85, 100]


class TestDrawing:
    def test_is_xml_that_names_each_page_once(self):
        root = ElementTree.fromstring(drawing().svg())

        texts = [element.text for element in root.iter() if element.text]
        assert [text for text in texts if text.startswith("post")] == [
            "post, <signed in> · 280"
        ]

    def test_draws_more_further_up(self):
        assert drawing().place(280) < drawing().place(99) < drawing().place(5)

    def test_leaves_the_broken_line_out_where_it_would_leave_the_drawing(self):
        assert drawing().svg().count('"2 5"') == 1
        assert drawing(growth=5000).svg().count('"2 5"') == 0

    @pytest.mark.parametrize("value", [10, 1, 7])
    def test_takes_lines_that_are_all_alike(self, value):
        ElementTree.fromstring(drawing([Line("home", value, value)]).svg())
