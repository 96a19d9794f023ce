import pytest

from flasky_site.lib.markdown import render_markdown
from tests.markup import Markup


class TestTables:
    def test_scroll_by_themselves_and_align_by_classes(self):
        html = render_markdown("|a|b|c|\n|:-|:-:|-:|\n|1|*2*|3|")

        assert html == (
            '<div class="scroller"><table><thead><tr>'
            '<th scope="col" class="start">a</th>'
            '<th scope="col" class="center">b</th><th scope="col" class="end">c</th>'
            '</tr></thead><tbody><tr><td class="start">1</td><td class="center">'
            '<em>2</em></td><td class="end">3</td></tr></tbody></table></div>'
        )

    def test_keep_their_text_as_a_paragraph_in_a_brief_text(self):
        html = render_markdown("|a|b|\n|-|-|\n|1|2|", brief=True)

        assert html == "<p>|a|b|\n|-|-|\n|1|2|</p>\n"

    @pytest.mark.parametrize(
        "text",
        [
            "|a|b|\n|-|-|\n" + "|1|2|\n" * 3000,
            "|" * 201 + "\n" + "|-" * 200 + "|\n" + "|\n" * 5000,
        ],
    )
    def test_too_large_to_be_read_stay_text(self, text):
        html = render_markdown(text)

        assert not Markup(html).find("table")
        assert html.startswith("<p>|")

    def test_too_many_to_be_read_stay_text_from_then_on(self):
        html = render_markdown("\n\n".join(f"|{i}|\n|-|" for i in range(2000)))

        assert 0 < len(Markup(html).find("table")) < 1000
        assert "|1999|" in html
