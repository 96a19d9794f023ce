import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flasky_site.lib.markdown import render_markdown
from flasky_site.lib.markdown.highlighting import CODE_CLASSES, COST, MOST_COST
from tests.markup import Markup


def fenced(language, code):
    return f"~~~~~~{language}\n{code}\n~~~~~~"


def text_of(html):
    return unescape(re.sub("<[^>]*>", "", html))


class TestHighlighting:
    def test_gives_pieces_of_code_their_classes(self):
        html = render_markdown(fenced("python", 'def f(x): return "<a>"  # b'))

        assert html == (
            '<pre><code class="language-python"><span class="hl-keyword">def</span> '
            '<span class="hl-name">f</span>(x): <span class="hl-keyword">return</span> '
            '<span class="hl-string">"&lt;a&gt;"</span>  '
            '<span class="hl-comment"># b</span>\n</code></pre>\n'
        )

    def test_shows_what_came_and_went(self):
        html = render_markdown(fenced("diff", "-a\n+b"))

        assert '<span class="hl-deleted">-a</span>' in html
        assert '<span class="hl-inserted">+b</span>' in html

    @pytest.mark.parametrize("language", ["Python", "PYTHON", "py title=x", "python3"])
    def test_knows_a_language_however_it_is_written(self, language):
        html = render_markdown(fenced(language, "def f"))

        assert Markup(html).find("span")

    @pytest.mark.parametrize("language", sorted(COST))
    @settings(derandomize=True, deadline=None, max_examples=5)
    @given(code=st.text(alphabet="<>&\"'`/*#-+={}()[]$@!%|\\:;,. \n\tadefv1é\u202a"))
    def test_changes_no_character_of_any_language(self, language, code):
        html = render_markdown(fenced(language, f"x{code}"))

        assert Markup(html).offences == []
        assert text_of(html) == text_of(render_markdown(fenced("", f"x{code}")))

    @pytest.mark.parametrize(
        "language", ["", "brainfuck", "text", "make", "<b>", '"x"']
    )
    def test_leaves_other_languages_plain(self, language):
        html = render_markdown(fenced(language, "def <b>"))

        assert not Markup(html).find("span")
        assert "def &lt;b&gt;" in html

    @pytest.mark.parametrize("language", sorted(COST))
    def test_leaves_code_of_twenty_thousand_characters_plain(self, language):
        html = render_markdown(fenced(language, 'a "b" 1\n' * 2500))

        assert not Markup(html).find("span")

    def test_leaves_plain_what_is_over_for_all_code_of_a_text(self):
        block = fenced("python", "def f\n" * (MOST_COST // COST["python"] // 12))

        first, second, third = render_markdown(
            f"a\n\n{block}\n\nb\n\n{block}\n\nc\n\n{block}\n\nd"
        ).split("<pre>")[1:]

        assert "hl-" in first
        assert "hl-" in second or "hl-" not in third
        assert "hl-" not in third

    @pytest.mark.parametrize(
        ("language", "line", "times"),
        [
            ("c", "\n", 2_100),
            ("cpp", " \n", 1_600),
            ("java", "\n", 1_400),
            ("cs", "int\n", 260),
        ],
    )
    def test_leaves_plain_what_its_lexer_reads_again_and_again(
        self, language, line, times
    ):
        html = render_markdown(fenced(language, f"int\n{line * times}int"))

        assert not Markup(html).find("span")

    def test_colours_much_code_with_empty_lines_here_and_there(self):
        html = render_markdown(fenced("c", "int first = 1;\nreturn second;\n\n" * 170))

        assert Markup(html).find("span")

    def test_leaves_code_of_too_many_pieces_plain(self):
        html = render_markdown(fenced("python", "1," * 2600))

        assert not Markup(html).find("span")

    def test_has_classes_that_are_its_own(self):
        assert all(name.startswith("hl-") for name in CODE_CLASSES)
