import pytest

from flasky_site.lib.markdown import render_markdown
from flasky_site.lib.markdown.mentions import names_in
from tests.markup import Markup, hrefs


class People:
    """Finds Alice and Bob_, and keeps what it was asked for."""

    known = {"alice": "/user/Alice/", "bob.": "/user/bob./", "x_y": "/user/x_y/"}

    def __init__(self):
        self.asked = []

    def __call__(self, names):
        self.asked.append(names)
        return {name: self.known[name] for name in names & self.known.keys()}


@pytest.fixture
def people():
    return People()


class TestMentions:
    @pytest.mark.parametrize(
        "text",
        [
            "@alice",
            "(@alice)",
            "*@alice*",
            "@alice, hi",
            "a\n@alice",
            "@alice's",
            "“@alice”",
        ],
    )
    def test_lead_to_whoever_bears_the_name(self, text, people):
        html = render_markdown(text, find_people=people)

        assert hrefs(html) == ["/user/Alice/"]
        assert Markup(html).find("a")[0]["class"] == "mention"
        assert ">@alice</a>" in html

    def test_are_found_in_whatever_case_and_shown_as_typed(self, people):
        html = render_markdown("@aLiCe", find_people=people)

        assert '<a href="/user/Alice/"' in html
        assert ">@aLiCe</a>" in html

    def test_leave_the_full_stop_to_the_sentence_unless_it_is_of_the_name(self, people):
        html = render_markdown("@alice. @bob. @alice... @bob..", find_people=people)

        assert hrefs(html) == ["/user/Alice/", "/user/bob./"] * 2
        assert "</a>. <a" in html

    def test_may_have_underscores(self, people):
        assert hrefs(render_markdown("@x_y", find_people=people)) == ["/user/x_y/"]

    @pytest.mark.parametrize(
        "text",
        [
            "`@alice`",
            "    @alice",
            "```\n@alice\n```",
            "```python\n@alice\n```",
            "\\@alice",
            "a@alice",
            "alice@alice.invalid",
            "@alice@mastodon.invalid",
            "@@alice",
            "mastodon.invalid/@alice",
            "@alice/package",
            "@alice-smith",
            "@alicé",
            "é@alice",
            "@nobody",
            "@",
            "@1",
            "@ alice",
        ],
    )
    def test_make_no_link_of_what_is_code_an_address_or_nobody(self, text, people):
        assert "<a" not in render_markdown(text, find_people=people)

    @pytest.mark.parametrize("text", ["[@alice](/a)", "https://a.com/@alice"])
    def test_stay_text_inside_of_links(self, text, people):
        assert "/user/Alice/" not in hrefs(render_markdown(text, find_people=people))

    def test_are_looked_up_once_for_a_text(self, people):
        render_markdown("# @alice\n\n- @Alice\n- @carol\n\n> @dave", find_people=people)

        assert people.asked == [{"alice", "carol", "dave"}]

    @pytest.mark.parametrize("text", ["", "alice", "a@b.com", "`@alice`", "@"])
    def test_are_not_looked_up_for_a_text_without_any(self, text, people):
        render_markdown(text, find_people=people)

        assert not people.asked

    def test_stay_text_where_nobody_can_be_asked(self):
        assert render_markdown("@alice") == "<p>@alice</p>\n"

    def test_call_nobody_when_there_are_thousands(self, people):
        html = render_markdown("@alice " * 5000, find_people=people)

        assert "<a" not in html
        assert not people.asked


class TestNamesIn:
    def test_gives_every_reading_in_lower_case(self):
        assert names_in("@Alice, @bob... x@carol") == {
            "alice",
            "bob",
            "bob..",
            "bob...",
        }
