import re
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from django.conf import settings as site
from django.template import Context, Template
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.avatars import Likeness
from flasky_site.lib import fragments
from flasky_site.lib.fragments import remembered
from flasky_site.lib.pagination import Page

TEMPLATES = Path(site.BASE_DIR) / "templates"
MADE_ONCE = {
    *re.findall(
        r'{% (?:form_)?part "([^"]+)"',
        " ".join(path.read_text() for path in TEMPLATES.rglob("*.html")),
    ),
    *("blog/_post_card.html", "blog/_comment.html"),
}
HAVE_FORMS = {
    *("includes/_bar.html", "includes/_account_menu.html"),
    "social/_follow_button.html",
}


class Pair(NamedTuple):
    name: str
    at: datetime


@pytest.fixture
def made():
    """What was made, in order, by the function that ``show`` is."""
    return []


@pytest.fixture
def show(made):
    @remembered
    def show(*values):
        made.append(values)
        return format_html("<p>{}</p>", values[0])

    return show


class TestRemembered:
    def test_makes_a_part_once_for_its_values(self, show, made):
        pair = Pair("alice", datetime(2024, 1, 1, tzinfo=UTC))

        assert show(pair) == show(Pair(*pair)) == show(pair)
        assert len(made) == 1

    def test_makes_another_for_other_values(self, show, made):
        assert show("alice", 1) == show("alice", 2)
        assert show("bob", 1) == "<p>bob</p>"
        assert len(made) == 3

    def test_makes_another_in_another_language(self, show, made):
        show("alice")
        with translation.override("de"):
            show("alice")

        assert len(made) == 2

    def test_does_not_take_what_is_safe_for_what_is_not(self, show):
        assert show(SafeString("<b>")) == "<p><b></p>"
        assert show("<b>") == "<p>&lt;b&gt;</p>"

    @pytest.mark.parametrize(
        "value", [object(), [1], (1, SafeString("<b>")), ("a", (object(),))]
    )
    def test_refuses_what_could_change_or_deceive(self, show, value):
        with pytest.raises(TypeError):
            show(value)

    def test_makes_each_of_many_once(self, show, made):
        assert show.each(["alice", "bob", "alice"]) == [
            "<p>alice</p>",
            "<p>bob</p>",
            "<p>alice</p>",
        ]
        assert show("bob") == "<p>bob</p>"
        assert made == [("alice",), ("bob",)]

    def test_takes_frozen_dataclasses(self, show, made):
        assert show(Page(1, 20, 40)) == show(Page(1, 20, 40))
        assert len(made) == 1

    def test_remembers_nothing_while_somebody_changes_templates(
        self, show, made, settings
    ):
        settings.DEBUG = True

        show("alice")
        show("alice")

        assert len(made) == 2

    def test_forgets_what_was_not_asked_for_longest(self, show, made, monkeypatch):
        monkeypatch.setattr(fragments, "ROOM", 60)
        monkeypatch.setattr(fragments, "_EACH", 0)
        fragments.forget_all()

        show("a" * 10)
        show("b" * 10)
        show("a" * 10)
        show("c" * 10)
        show("a" * 10)
        show("b" * 10)

        assert [values[0][0] for values in made] == ["a", "b", "c", "b"]

    def test_keeps_no_more_of_what_is_short_than_there_is_memory_for(
        self, show, made, monkeypatch
    ):
        monkeypatch.setattr(fragments, "ROOM", 10_000)
        fragments.forget_all()

        for number in range(100):
            show(str(number))
        show("0")

        assert len(made) == 101

    def test_does_not_keep_what_would_drive_out_much_else(
        self, show, made, monkeypatch
    ):
        monkeypatch.setattr(fragments, "LONGEST", 20)
        monkeypatch.setattr(fragments, "_EACH", 0)

        show("a" * 20)
        show("a" * 20)

        assert len(made) == 2


class TestPart:
    def test_sees_nothing_but_what_it_is_given(self):
        page = Template(
            '{% load fragments %}{% part "includes/_main_links.html" here=here %}'
        )

        here = page.render(Context({"here": "social:people"}))
        nowhere = page.render(Context({"here": ""}))

        assert here.count("aria-current") == 1
        assert "aria-current" not in nowhere

    @pytest.mark.parametrize("name", sorted(MADE_ONCE))
    def test_asks_neither_the_clock_nor_who_reads(self, name):
        source = re.sub(r"{#.*?#}", "", (TEMPLATES / name).read_text(), flags=re.S)
        # The age of a moment is given beside it.
        assert not re.search(r"{% moment [\w.]+ %}|{% now|timesince|timeuntil", source)
        assert not re.search(r"\b(?:request|user|perms|messages)\b", source)

    @pytest.mark.parametrize("name", sorted(MADE_ONCE - HAVE_FORMS))
    def test_has_no_token_but_where_it_is_put_in(self, name):
        source = re.sub(r"{#.*?#}", "", (TEMPLATES / name).read_text(), flags=re.S)
        assert "csrf_token" not in source


class TestFormPart:
    def shown(self, token):
        page = Template(
            "{% load fragments %}"
            '{% form_part "social/_follow_button.html" person=person %}'
        )
        person = Likeness(7, "alice", "", "", "")
        return page.render(Context({"person": person, "csrf_token": token}))

    def test_gives_each_reader_their_own_token_in_one_part(self, monkeypatch):
        first = self.shown("a" * 64)
        monkeypatch.setattr(fragments, "render_to_string", None)
        second = self.shown("b" * 64)

        assert f'name="csrfmiddlewaretoken" value="{"a" * 64}"' in first
        assert second == first.replace("a" * 64, "b" * 64)

    def test_sends_nobody_what_stands_for_the_token(self):
        assert fragments._TOKEN not in self.shown("a" * 64)
        assert fragments._TOKEN not in self.shown("")

    def test_escapes_the_token(self):
        assert "<b>" not in self.shown("<b>")

    def test_has_no_token_where_the_page_has_none(self):
        assert "csrfmiddlewaretoken" not in self.shown("")
