import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.feeds import absolute_links
from flasky_site.lib.markdown import render_markdown

PAGE = "https://flasky.example/post/1/"


class TestAbsoluteLinks:
    @pytest.mark.parametrize(
        ("link", "whole"),
        [
            ("/user/ada/", "https://flasky.example/user/ada/"),
            ("#fn-1", f"{PAGE}#fn-1"),
            ("?page=2", f"{PAGE}?page=2"),
            ("//other.example/x", "https://other.example/x"),
            ("../2/", "https://flasky.example/post/2/"),
            ("https://other.example/?a&amp;b", "https://other.example/?a&amp;b"),
            ("mailto:ada@example.com", "mailto:ada@example.com"),
            ("//[", "//["),
        ],
    )
    def test_are_seen_from_the_page(self, link, whole):
        html = f'<p><a class="x" title="a > b" href="{link}" rel="ugc">x</a></p>'

        assert absolute_links(html, PAGE) == html.replace(
            f'href="{link}"', f'href="{whole}"'
        )

    def test_leave_text_that_looks_like_one(self):
        html = '<p>a href="/x" <code>&lt;a href="/y"&gt;</code></p>'

        assert absolute_links(html, PAGE) == html

    @given(st.text("abh[](/)<>\"'#?&;:\\ \n", max_size=60))
    def test_are_all_that_changes(self, text):
        html = render_markdown(text)

        once = absolute_links(html, PAGE)

        assert absolute_links(once, PAGE) == once
        assert once.count("<") == html.count("<")
        for link in re.findall(r'<a href="([^"]*)"', once):
            # What urlsplit() refuses stays as it is.
            assert re.match("(https|mailto):", link) or {"[", "]"} & set(link)
