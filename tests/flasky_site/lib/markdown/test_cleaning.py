import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flasky_site.lib.markdown import render_markdown
from flasky_site.lib.markdown.cleaning import LINK_REL, is_allowed, new_cleaner
from tests.hostile import HTML, PIECES
from tests.markup import Markup, has_allowed_scheme

hostile = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def everybody(names):
    return {name: f"/user/{name}/" for name in names}


class TestRenderMarkdown:
    @settings(derandomize=True, deadline=None, max_examples=400)
    @given(hostile | st.text(), st.booleans())
    def test_lets_through_what_is_listed_and_nothing_else(self, text, brief):
        html = render_markdown(text, brief=brief, find_people=everybody)

        assert Markup(html).offences == []

    @settings(derandomize=True, deadline=None, max_examples=100)
    @given(hostile)
    def test_gives_every_link_its_relation(self, text):
        html = render_markdown(text, find_people=everybody)

        assert all(link["rel"] == LINK_REL for link in Markup(html).find("a"))

    @settings(derandomize=True, deadline=None, max_examples=100)
    @given(hostile)
    def test_makes_each_id_once_and_leads_to_those_that_are_there(self, text):
        elements = Markup(render_markdown(f"[^1]{text}[^1]\n\n[^1]: b")).elements

        ids = [attributes["id"] for _, attributes in elements if "id" in attributes]
        notes = {
            attributes["href"].removeprefix("#")
            for _, attributes in elements
            if attributes.get("role", "").startswith("doc-")
        }
        assert len(ids) == len(set(ids))
        assert notes <= set(ids)


class TestCleaner:
    """What bleach does when the parser lets something through."""

    @settings(derandomize=True, deadline=None, max_examples=200)
    @given(hostile)
    def test_alone_lets_through_what_is_listed_and_nothing_else(self, html):
        cleaned = new_cleaner().clean(f"<p>{html}</p>")

        assert Markup(cleaned).offences == []

    @pytest.mark.parametrize("html", HTML)
    def test_takes_away_what_runs_looks_like_us_or_asks_for_something(self, html):
        cleaned = Markup(new_cleaner().clean(html))

        assert cleaned.offences == []
        assert not [attrs for _, attrs in cleaned.elements if attrs.keys() - {"rel"}]


class TestIsAllowed:
    @pytest.mark.parametrize(
        ("tag", "name", "value"),
        [
            ("a", "id", "content"),
            ("a", "class", "mention button"),
            ("a", "onclick", "x"),
            ("a", "target", "_blank"),
            ("code", "class", "language-<"),
            ("li", "id", "note-1"),
            ("p", "class", "message"),
            ("span", "class", "visually-hidden"),
            ("span", "role", "alert"),
            ("td", "style", "text-align:left"),
        ],
    )
    def test_refuses_values_that_are_not_ours(self, tag, name, value):
        assert not is_allowed(tag, name, value)


class TestHasAllowedScheme:
    @pytest.mark.parametrize("address", ["https://a", "mailto:a@b.c", "/a:b", "#a", ""])
    def test_knows_what_is_harmless(self, address):
        assert has_allowed_scheme(address)

    @pytest.mark.parametrize("address", ["javascript:a", " java\tscript:a", "DATA:a"])
    def test_knows_what_runs(self, address):
        assert not has_allowed_scheme(address)
