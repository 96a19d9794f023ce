"""What every template keeps to."""

import re
from pathlib import Path

import allauth
import pytest
from django.conf import settings
from django.template.loader import get_template

ROOT = Path(settings.BASE_DIR)
TEMPLATES = ROOT / "templates"
ALL = sorted(
    path.relative_to(TEMPLATES).as_posix()
    for path in TEMPLATES.rglob("*")
    if path.suffix in {".html", ".txt"}
)
PAGES = [name for name in ALL if name.endswith(".html")]
PARTIALS = [name for name in PAGES if Path(name).name.startswith("_")]
ASSETS = [
    path
    for path in (ROOT / "static").rglob("*")
    if path.suffix in {".css", ".js", ".svg"}
]
ALLAUTH = Path(allauth.__file__).parent / "templates"
THEIRS = sorted(
    path.relative_to(ALLAUTH).as_posix()
    for folder in ("account", "allauth", "mfa")
    for path in (ALLAUTH / folder).rglob("*")
    if path.is_file()
)
COMMENT = re.compile(r"\{#.*?#\}", re.S)


def source(name):
    return (TEMPLATES / name).read_text()


def parents(name):
    """Return the templates that ``name`` extends, nearest first."""
    found = re.search(r'\{%\s*extends\s+"([^"]+)"', source(name))
    return [found[1], *parents(found[1])] if found else []


def without_tags(name):
    return re.sub(r"\{%.*?%\}", "", COMMENT.sub("", source(name)), flags=re.S)


def containing(names, pattern):
    """Return which templates match outside their comments."""
    return [
        name
        for name in names
        if re.search(pattern, COMMENT.sub("", source(name)), re.IGNORECASE)
    ]


class TestEveryTemplate:
    def test_compiles(self):
        for name in ALL:
            get_template(name)

    @pytest.mark.parametrize(
        "forbidden",
        [
            r"<style|\sstyle\s*=",
            r"<script(?![^>]*\ssrc=)",
            r"\son[a-z]+\s*=\s*[\"']",
            "javascript:",
        ],
    )
    def test_has_nothing_that_the_security_policy_forbids(self, forbidden):
        assert not containing(PAGES, forbidden)

    def test_asks_no_other_host(self):
        assert not containing(ALL, r"https?://|[\"']//")

    def test_prints_nothing_unescaped_but_rendered_markdown(self):
        assert containing(ALL, r"\|\s*safe") == ["blog/_prose.html"]
        assert source("blog/_prose.html").count("safe") == 1
        assert not containing(PAGES, "autoescape off")


# A name in Hebrew or Arabic must not turn round what stands beside it.
class TestNames:
    @pytest.mark.parametrize(
        "bare",
        [
            r"(?<!<bdi>){{ [\w.]+\.(?:display_name|location) }}",
            r"(?<!<bdi>){{ [\w.]+\.(?:display_name|location)\|(?!isolated)",
            r"name=[\w.]+display_name %}(?!\s*[^{]*<bdi>{{ name }}</bdi>)",
        ],
    )
    def test_keep_their_direction_to_themselves(self, bare):
        assert not containing(ALL, bare)


class TestPartials:
    def test_say_what_they_need(self):
        silent = [
            name for name in PARTIALS if not source(name).startswith("{# Needs: ")
        ]

        assert not silent

    def test_have_a_root_with_an_id(self):
        rootless = [
            name
            for name in PARTIALS
            if not re.match(r'\s*<[a-z]+[^>]*\sid="', without_tags(name))
        ]

        assert not rootless


class TestPagesOfAllauth:
    def test_are_ours(self):
        assert set(THEIRS) <= set(ALL)

    def test_stand_in_our_frame(self):
        pages = [
            name
            for name in THEIRS
            if name.endswith(".html") and not re.search("/(snippets|elements)/", name)
        ]
        outside = [name for name in pages if parents(name)[-1:] != ["base.html"]]

        assert len(pages) > 30
        assert not outside

    def test_come_as_text_and_as_html_when_they_are_mails(self):
        mails = [name for name in THEIRS if name.endswith("_message.txt")]
        bases = {"account/email/base_message.txt", "account/email/base_message.html"}
        bare = [
            name
            for mail in mails
            for name in (mail, mail.replace(".txt", ".html"))
            if not bases & {name, *parents(name)}
        ]

        assert len(mails) > 10
        assert not bare


class TestServerErrorPage:
    def test_needs_neither_request_nor_database(self):
        page = get_template("500.html").render()

        assert "Something broke" in page
        assert "account_login" not in page

    def test_needs_neither_while_the_database_is_away(self):
        assert "back in a moment" in get_template("503.html").render()


class TestAssets:
    def test_ask_no_other_host(self):
        # An address that names the format of a drawing is never asked for.
        other = re.compile(r"https?://(?!www\.w3\.org/)|@import|url\([\"']?//")
        offences = [path.name for path in ASSETS if other.search(path.read_text())]

        assert len(ASSETS) > 5
        assert not offences
