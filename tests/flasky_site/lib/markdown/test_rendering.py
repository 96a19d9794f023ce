import functools
import re
import time

import pytest

from flasky_site.lib.markdown import render_markdown
from flasky_site.lib.markdown.cleaning import LINK_REL
from tests.hostile import HTML, TARGETS, spellings
from tests.markup import Markup, has_allowed_scheme, hrefs
from tests.shapes import PROSE, SHAPES, everybody, filled

# A budget in seconds would depend on the machine, so it is a multiple of what ordinary
# prose of the same length costs in the same process: 2 to 12 times where it is linear,
# 60 and more where it was not. See bench/markdown.py for times.
TIMES_PROSE = 20


def cpu_seconds(text):
    start = time.process_time()
    render_markdown(text, find_people=everybody)
    return time.process_time() - start


@functools.cache
def cost_of_prose():
    return max(min(cpu_seconds(filled(PROSE)) for _ in range(5)), 0.02)


class TestRenderMarkdown:
    @pytest.mark.parametrize(
        ("text", "html"),
        [
            ("*a* **b** `c`", "<p><em>a</em> <strong>b</strong> <code>c</code></p>\n"),
            ("## Title", "<h3>Title</h3>\n"),
            ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
            ("3. a", '<ol start="3"><li>a</li></ol>'),
            ("> a", "<blockquote><p>a</p>\n</blockquote>"),
            ("a  \nb", "<p>a<br>\nb</p>\n"),
            ("---", "<hr>\n"),
            ("~~a~~", "<p><s>a</s></p>\n"),
        ],
    )
    def test_renders_commonmark(self, text, html):
        assert render_markdown(text) == html

    @pytest.mark.parametrize(
        ("typed", "levels"),
        [
            ([1, 2, 3], [3, 4, 5]),
            ([2, 2, 3, 2], [3, 3, 4, 3]),
            ([4, 6, 4], [3, 4, 3]),
            ([3, 1, 2], [3, 3, 4]),
            ([1, 2, 3, 4, 5, 6], [3, 4, 5, 6, 6, 6]),
        ],
    )
    def test_fits_headings_below_those_of_the_page_without_gaps(self, typed, levels):
        html = render_markdown("\n\n".join("#" * level + " a" for level in typed))

        assert html == "".join(f"<h{level}>a</h{level}>\n" for level in levels)

    def test_keeps_the_language_of_fenced_code(self):
        html = render_markdown("```brainfuck\n<>\n```")

        assert html == (
            '<pre><code class="language-brainfuck">&lt;&gt;\n</code></pre>\n'
        )

    def test_says_of_every_link_that_it_is_a_member_s(self):
        html = render_markdown("[a](https://example.com 'b') <https://example.org>")

        assert html.count(f'rel="{LINK_REL}"') == 2
        assert 'title="b"' in html

    @pytest.mark.parametrize("text", HTML)
    def test_shows_raw_html_as_text(self, text):
        html = render_markdown(text)

        assert "&lt;" in html
        assert not re.search(r"<(script|img|a|style)\b", html)

    @pytest.mark.parametrize("target", TARGETS)
    def test_makes_no_link_that_runs(self, target):
        made = [
            href for text in spellings(target) for href in hrefs(render_markdown(text))
        ]

        # What is left is relative, its odd characters escaped.
        assert all(has_allowed_scheme(href) for href in made)

    def test_makes_a_harmless_relative_link_of_a_broken_scheme(self):
        html = render_markdown("[a](java&Tab;script:alert(1))")

        assert 'href="java%09script:alert(1)"' in html

    @pytest.mark.parametrize("target", ["tel:112", "sms:1", "file:///etc", "ftp://a"])
    def test_makes_no_link_of_other_schemes(self, target):
        html = render_markdown(f"[a]({target}) <{target}>")

        assert "href" not in html

    def test_keeps_the_text_around_and_between_everything(self):
        html = render_markdown("a *b* c **d *e* f**\ng `h`\n\n> - i *j*\n>\n>   k\n\nl")

        assert html == (
            "<p>a <em>b</em> c <strong>d <em>e</em> f</strong>\ng <code>h</code></p>\n"
            "<blockquote><ul><li><p>i <em>j</em></p>\n<p>k</p>\n</li></ul>"
            "</blockquote><p>l</p>\n"
        )

    def test_says_the_same_of_a_block_however_often_it_stands(self):
        block = "- *a* <b>\n\n> [c](javascript:x)\n\n"

        assert render_markdown(block * 50) == render_markdown(block) * 50

    def test_survives_emphasis_that_nests_thousands_deep(self):
        html = render_markdown("*a **b " * 1500 + "c" + "** *" * 1500)

        assert html.startswith("<p>")

    def test_shows_no_pictures(self):
        assert "<img" not in render_markdown("![a](https://example.com/a.png)")

    def test_makes_no_heading_in_a_brief_text(self):
        html = render_markdown("# a\n\nb\n===\n\n> ## c", brief=True)

        assert html == "<p>a</p>\n<p>b</p>\n<blockquote><p>c</p>\n</blockquote>"

    def test_shows_characters_that_cannot_be_written_as_unreadable(self):
        html = render_markdown("a\x00b \ud800 [c](\udfff) `\ud800`")

        assert html.encode()
        assert "a\ufffdb \ufffd" in html

    def test_lets_nothing_turn_the_direction_of_what_others_read(self):
        html = render_markdown("\u202eevil\u202d [\u202ea](b) `\u202ec`")

        assert (
            html == f'<p>evil <a href="b" rel="{LINK_REL}">a</a> <code>c</code></p>\n'
        )

    def test_keeps_the_marks_that_other_scripts_need(self):
        assert render_markdown("\u05d0\u200f\u2067a\u2069\u200d") == (
            "<p>\u05d0\u200f\u2067a\u2069\u200d</p>\n"
        )

    @pytest.mark.parametrize("shape", SHAPES)
    def test_makes_whole_html_of_every_shape(self, shape):
        html = render_markdown(SHAPES[shape], find_people=everybody)

        assert Markup(html).offences == []

    @pytest.mark.parametrize("shape", SHAPES)
    def test_costs_no_more_than_a_few_times_prose_whatever_the_shape(self, shape):
        most = TIMES_PROSE * cost_of_prose()

        # Whatever else the machine does meanwhile can only make it slower.
        assert any(cpu_seconds(SHAPES[shape]) < most for _ in range(3))
