import pytest

from blog.templatetags.excerpts import first_line, plain_text


class TestPlainText:
    def test_is_one_line_without_tags_and_entities(self):
        html = "<h2>A &amp; B</h2>\n<p>c<br>d</p>\n<ul><li>e</li></ul>"

        assert plain_text(html) == "A & B c d e"


class TestFirstLine:
    @pytest.mark.parametrize(
        ("html", "line"),
        [
            ("<h2>Title</h2>\n<p>Text</p>", "Title"),
            ("<hr>\n<p><em>Text</em></p>", "Text"),
            ("<p>" + "a" * 100 + "</p>", "a" * 69 + "…"),
            ("", ""),
        ],
    )
    def test_is_the_first_block_that_says_something(self, html, line):
        assert first_line(html) == line.strip()
