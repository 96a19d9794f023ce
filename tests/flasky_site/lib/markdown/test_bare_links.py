import pytest

from flasky_site.lib.markdown import render_markdown
from tests.markup import hrefs


class TestBareLinks:
    @pytest.mark.parametrize(
        ("text", "address"),
        [
            (
                "https://example.com/a_b_c?d=1&e=2#f",
                "https://example.com/a_b_c?d=1&e=2#f",
            ),
            ("HTTP://EXAMPLE.COM", "HTTP://EXAMPLE.COM"),
            ("see (https://example.com/a_(b)).", "https://example.com/a_(b)"),
            ("https://example.com/_a_/*b*/c", "https://example.com/_a_/*b*/c"),
            ("https://example.com, and", "https://example.com"),
            ("**https://example.com/a**", "https://example.com/a"),
            ("http://localhost:8000/", "http://localhost:8000/"),
            ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
            ("www.example.de/a", "https://www.example.de/a"),
            ("example.com", "https://example.com"),
            ("example.org/setup.py.", "https://example.org/setup.py"),
            ("alice@example.de", "mailto:alice@example.de"),
            ("mailto:alice@example.com", "mailto:alice@example.com"),
        ],
    )
    def test_are_made_of_addresses_without_brackets(self, text, address):
        assert hrefs(render_markdown(text)) == [address]

    @pytest.mark.parametrize(
        "text",
        [
            "setup.py",
            "README.md",
            "run.sh",
            "the end.So it",
            "e.g. this",
            "1.2.3",
            "127.0.0.1",
            "node.js",
            "object.property",
            "ftp://example.com",
            "//example.com",
            "javascript://example.com/%0aalert(1)",
            "xhttp://",
            "http://",
            "://example",
            "\\https://",
        ],
    )
    def test_are_not_made_of_names_of_files_and_other_schemes(self, text):
        assert "<a" not in render_markdown(text)

    @pytest.mark.parametrize(
        "text",
        [
            "`https://example.com a@example.com example.com`",
            "    https://example.com",
            "```\nexample.com\n```",
            "```python\nexample.com\n```",
        ],
    )
    def test_are_not_made_in_code(self, text):
        assert "<a" not in render_markdown(text)

    @pytest.mark.parametrize(
        "inside", ["https://example.com", "example.com", "a@b.com"]
    )
    def test_leave_links_as_they_are(self, inside):
        assert hrefs(render_markdown(f"[{inside}](/a)")) == ["/a"]

    def test_leave_the_words_around_them(self):
        html = render_markdown("a example.com  b\n(x@y.org) c")

        assert html.startswith("<p>a <a ")
        assert "</a>  b\n(<a " in html
        assert html.endswith("</a>) c</p>\n")

    def test_are_not_made_of_endless_words(self):
        assert "<a" not in render_markdown("https://example.com/" + "a" * 1000)
