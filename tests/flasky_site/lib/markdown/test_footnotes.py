import re

from flasky_site.lib.markdown import render_markdown
from tests.markup import Markup, hrefs


def ids(html):
    return [
        attributes["id"]
        for _, attributes in Markup(html).elements
        if "id" in attributes
    ]


def shown(html):
    """Return ``html`` with the part of its ids that differs between texts as ns."""
    return re.sub("-[0-9a-f]{12}-", "-ns-", html)


class TestFootnotes:
    def test_stand_in_a_list_at_the_end_and_lead_back(self):
        html = render_markdown("a[^x]\n\n[^x]: *b*\n\nc")

        assert shown(html) == (
            '<p>a<sup><a href="#note-ns-1" role="doc-noteref" id="ref-ns-1" '
            'rel="nofollow ugc noopener">1</a></sup></p>\n<p>c</p>\n'
            '<ol class="notes"><li id="note-ns-1"><p><em>b</em>\n'
            '<a href="#ref-ns-1" role="doc-backlink" '
            'rel="nofollow ugc noopener">↩︎</a></p>\n</li></ol>'
        )

    def test_are_numbered_as_they_are_referred_to(self):
        html = render_markdown("[^b] [^a] [^b]\n\n[^a]: first\n[^b]: second")

        notes = re.findall(r"<li[^>]*><p>(\w+)", html)
        assert [re.sub(".*-", "", href) for href in hrefs(html)[:3]] == ["1", "2", "1"]
        assert notes == ["second", "first"]

    def test_have_ids_of_their_own_in_every_text(self):
        one, other = (render_markdown(f"{word}[^1]\n\n[^1]: b") for word in "ac")

        assert len(ids(one)) == 2
        assert not set(ids(one)) & set(ids(other))

    def test_are_the_same_whenever_the_text_is(self):
        text = "a[^1]\n\n[^1]: b"

        assert render_markdown(text) == render_markdown(text)

    def test_may_refer_to_each_other(self):
        html = render_markdown("a[^1]\n\n[^1]: b[^2]\n[^2]: c[^1]")

        assert {href.removeprefix("#") for href in hrefs(html)} == set(ids(html))
        assert len(ids(html)) == 4

    def test_that_nobody_refers_to_are_not_shown(self):
        html = render_markdown("a\n\n[^1]: b[^2]\n\n[^2]: c")

        assert html == "<p>a</p>\n"

    def test_do_not_stand_in_each_other(self):
        html = render_markdown("a[^1]\n\n[^1]:\n    - [^2]: b\n\n    c\n\nd")

        assert Markup(html).offences == []
        assert len(ids(html)) == 2
        assert "<p>d</p>\n<ol" in html

    def test_may_hold_lists_and_code(self):
        html = render_markdown("a[^1]\n\n[^1]:\n    - b\n\n    ```\n    c\n    ```")

        assert "<li>b</li>" in html
        assert '<pre><code>c\n</code></pre>\n<p><a href="#ref' in html

    def test_are_not_made_of_references_to_nothing_and_in_code(self):
        html = render_markdown("[^2] `[^1]` \\[^1]\n\n[^1]: b")

        assert html == "<p>[^2] <code>[^1]</code> [^1]</p>\n"

    def test_leave_no_link_around_them(self):
        html = render_markdown("[a[^1]](/b)\n\n[^1]: c")

        assert html.startswith("<p>[a<sup>")
        assert "/b" not in hrefs(html)

    def test_keep_the_first_of_two_with_one_name(self):
        html = render_markdown("a[^1]\n\n[^1]: b\n\n[^1]: c")

        assert "<p>b" in html
        assert "c" not in re.sub("<[^>]*>", "", html)

    def test_lead_back_once_from_thousands_of_references(self):
        html = render_markdown("[^1]" * 5000 + "\n\n[^1]: a")

        assert hrefs(html)[-1] == f"#{ids(html)[0]}"
        assert len(hrefs(html)) == 1001
        assert "[^1][^1]" in html
