import pytest

from flasky_site.lib.markdown import render_markdown
from tests.markup import Markup

TO_DO = '<span class="mark" role="img" aria-label="To do">☐</span>'
DONE = '<span class="mark" role="img" aria-label="Done">☑</span>'


class TestTasks:
    def test_show_by_sign_and_name_what_is_done(self):
        html = render_markdown("- [ ] a\n- [x] *b*\n- [X] c\n- d")

        assert html == (
            f'<ul class="tasks"><li class="task">{TO_DO} a</li>'
            f'<li class="task">{DONE} <em>b</em></li>'
            f'<li class="task">{DONE} c</li><li>d</li></ul>'
        )

    def test_may_be_numbered_loose_and_inside_of_each_other(self):
        html = render_markdown("1. [ ] a\n\n   - [x] b\n   - c\n\n2. d")

        assert html == (
            f'<ol class="tasks"><li class="task"><p>{TO_DO} a</p>\n'
            f'<ul class="tasks"><li class="task">{DONE} b</li><li>c</li></ul></li>'
            "<li><p>d</p>\n</li></ol>"
        )

    @pytest.mark.parametrize(
        "text",
        ["[ ] a", "- [ ]", "- [ ]a", "- [y] a", "- \\[ ] a", "- a [ ] b", "- `[ ] a`"],
    )
    def test_are_not_made_of_other_brackets(self, text):
        assert not Markup(render_markdown(text)).find("span")

    def test_leave_a_link_that_is_called_x(self):
        html = render_markdown("- [x] a\n\n[x]: /b")

        assert not Markup(html).find("span")
        assert Markup(html).find("a")[0]["href"] == "/b"
