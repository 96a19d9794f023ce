from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from tests.factories import UserFactory

from .reading import read

ATOM = "{http://www.w3.org/2005/Atom}"
WRITTEN = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
EDITED = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)


class TestEveryFeed:
    def test_has_what_atom_asks_for(self, client, feed):
        address, add = feed
        add(created_at=WRITTEN)

        root = ElementTree.fromstring(client.get(address).content)
        entry = root.find(f"{ATOM}entry")

        for element in (root, entry):
            for name in ("id", "title", "updated"):
                assert element.findtext(f"{ATOM}{name}"), name
        assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Cast & Crew"
        assert entry.find(f"{ATOM}content").get("type") == "html"
        links = {link.get("rel"): link.get("href") for link in root.iter(f"{ATOM}link")}
        assert links["self"] == f"http://testserver{address}"
        assert links["alternate"].startswith("http://testserver/")

    def test_says_its_type_and_that_it_is_asked_about_each_time(self, client, feed):
        response = client.get(feed[0])

        assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
        assert response["Cache-Control"] == "public, no-cache"

    def test_shows_the_newest_twenty(self, client, feed):
        address, add = feed
        texts = [add() for _ in range(21)]

        bodies = [entry.content[0].value for entry in read(client, address).entries]

        assert bodies == [text.body_html.rstrip() for text in reversed(texts[1:])]

    def test_is_valid_without_entries_and_stays_the_same(self, client, feed):
        first = client.get(feed[0]).content

        assert not read(client, feed[0]).entries
        assert client.get(feed[0]).content == first

    def test_names_an_entry_for_ever_and_says_when_it_changed(self, client, feed):
        address, add = feed
        text = add(body="# Hello *you*\n\nMore.", created_at=WRITTEN, edited_at=EDITED)

        parsed = read(client, address)
        [entry] = parsed.entries

        kind = type(text).__name__.lower()
        assert entry.id == f"tag:testserver,2026-01-02:{kind}/{text.pk}"
        assert entry.title == "Hello you"
        assert entry.published == "2026-01-02T03:04:05+00:00"
        assert entry.updated == "2026-02-03T04:05:06+00:00"
        assert parsed.feed.updated == entry.updated
        assert entry.link.startswith("http://testserver/post/")

    def test_tells_who_wrote_but_no_address_of_theirs(self, client, feed):
        address, add = feed
        text = add()

        content = client.get(address).content.decode()
        [entry] = read(client, address).entries

        assert entry.author == "Cast & Crew"
        assert entry.author_detail.href == "http://testserver/user/cast/"
        assert text.author.email not in content
        assert "@" not in content

    def test_makes_links_whole(self, client, feed):
        address, add = feed
        add(body="[a](/user/cast/) [b](?page=2&x=1) [c](https://e.example/?a&b) `href`")

        [entry] = read(client, address).entries

        html = entry.content[0].value
        assert 'href="http://testserver/user/cast/"' in html
        assert 'href="http://testserver/post/' in html
        assert '?page=2&amp;x=1"' in html
        assert 'href="https://e.example/?a&amp;b"' in html

    def test_survives_what_xml_cannot_say(self, client, feed):
        address, add = feed
        text = add(body="]]> &#1; &#xD800; <script>")
        people, texts = type(text.author).objects, type(text).objects
        people.filter(pk=text.author_id).update(name="Eve\uffff")
        # Past the renderer, which leaves out most of it.
        html = f"<p>a\x01b\x0bc\ufffe\u202e\U0001f600</p>{text.body_html}"
        texts.filter(pk=text.pk).update(body=text.body, body_html=html)

        [entry] = read(client, address).entries

        assert "<p>abc\u202e\U0001f600</p>" in entry.content[0].value
        assert "]]&gt;" in entry.content[0].value
        assert "<script" not in entry.content[0].value
        assert entry.author == "Eve"

    def test_has_a_title_for_a_text_without_words(self, client, feed):
        address, add = feed
        add(body="***")

        assert read(client, address).entries[0].title == "Without words"

    @pytest.mark.parametrize("count", [1, 20])
    def test_costs_at_most_two_queries(
        self, client, feed, count, django_assert_num_queries
    ):
        address, add = feed
        for _ in range(count):
            add(author=UserFactory()) if address != "/user/cast/feed/" else add()

        with django_assert_num_queries(1 if address == "/feed/" else 2):
            client.get(address)

    def test_is_only_read(self, client, feed):
        assert client.post(feed[0]).status_code == 405

    def test_is_the_same_for_everybody(
        self, client, as_newcomer, as_alice, as_moderator, feed
    ):
        address, add = feed
        add()
        seen = client.get(address)

        for reader in (as_newcomer, as_alice, as_moderator):
            assert reader.get(address).content == seen.content
        assert not seen.cookies
        assert seen["Vary"] == "Accept-Encoding"
