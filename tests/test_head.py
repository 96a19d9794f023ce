"""What pages tell of themselves to search engines, feed readers and other sites."""

from html.parser import HTMLParser

import feedparser
import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import CommentFactory, PostFactory, UserFactory

HOST = "http://testserver"


class HeadParser(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.metas, self.links = {}, {}
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag == "meta" and (name := found.get("property") or found.get("name")):
            assert name not in self.metas
            self.metas[name] = found["content"]
        if tag == "link" and found["rel"] != "stylesheet":
            name = f"{found['rel']} {found.get('type', '')}".strip()
            assert name not in self.links
            self.links[name] = found["href"]


def head(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return HeadParser(response.content.decode())


@pytest.fixture
def ada(db):
    return UserFactory(username="ada", name='Ada "<b>" & Co')


@pytest.fixture(params=["home", "profile", "post"])
def page(request, ada):
    """A public page and the feed of it; home and profile have three pages, post two."""
    posts = PostFactory.create_batch(41, author=ada)
    CommentFactory.create_batch(31, post=posts[0])
    return {
        "home": ("/", "/feed/"),
        "profile": ("/user/ada/", "/user/ada/feed/"),
        "post": (f"/post/{posts[0].pk}/", f"/post/{posts[0].pk}/feed/"),
    }[request.param]


class TestPublicPages:
    def test_may_be_found(self, client, page):
        found = head(client, page[0])

        assert "robots" not in found.metas
        assert found.metas["description"]

    @pytest.mark.parametrize(
        ("query", "canonical"),
        [("", ""), ("?page=1&x=y", ""), ("?page=abc", ""), ("?page=2&x", "?page=2")],
    )
    def test_say_where_they_stay(self, client, page, query, canonical):
        found = head(client, page[0] + query)

        assert found.links["canonical"] == f"{HOST}{page[0]}{canonical}"
        assert found.metas["og:url"] == found.links["canonical"]

    def test_resolve_the_last_page(self, client, page):
        canonical = head(client, f"{page[0]}?page=-1").links["canonical"]

        assert canonical in {f"{HOST}{page[0]}?page=2", f"{HOST}{page[0]}?page=3"}

    def test_name_a_feed_that_is_there(self, client, page):
        address = head(client, page[0]).links["alternate application/atom+xml"]

        assert address == page[1]
        assert feedparser.parse(client.get(address).content).version == "atom10"

    def test_have_what_open_graph_asks_for(self, client, page):
        metas = head(client, page[0]).metas

        names = {"title", "type", "url", "image", "description", "site_name"}
        assert all(metas[f"og:{name}"] for name in names)
        assert metas["og:image"] == f"{HOST}/static/img/mark.svg"

    def test_are_the_same_site_for_members(self, as_alice, client, page):
        assert head(as_alice, page[0]).metas == head(client, page[0]).metas


class TestOpenGraph:
    def test_escapes_names_and_texts(self, client, ada):
        post = PostFactory(author=ada, body='Say "<i>" & go')

        of_post = head(client, post.get_absolute_url()).metas
        of_person = head(client, "/user/ada/").metas

        assert of_post["og:title"] == '\u2068Ada "<b>" & Co\u2069: Say "<i>" & go'
        assert of_post["og:description"] == 'Say "<i>" & go'
        assert of_post["og:type"] == "article"
        assert of_person["og:title"] == '\u2068Ada "<b>" & Co\u2069'
        assert of_person["og:type"] == "profile"

    def test_shows_the_picture_that_a_member_gave(self, client, ada):
        digest = "0123456789abcdef" * 2
        type(ada).objects.filter(pk=ada.pk).update(avatar=digest)
        post = PostFactory(author=ada)

        for address in (post.get_absolute_url(), "/user/ada/"):
            assert head(client, address).metas["og:image"] == (
                f"{HOST}/avatar/{ada.pk}/{digest}-256.webp"
            )


class TestPrivatePages:
    @pytest.mark.parametrize(
        "name", ["account_login", "account_signup", "account_reset_password"]
    )
    @pytest.mark.django_db
    def test_do_not_want_to_be_found(self, client, name):
        found = head(client, reverse(name))

        assert found.metas["robots"] == "noindex"
        assert "canonical" not in found.links

    @pytest.mark.django_db
    def test_nor_do_pages_about_errors(self, client):
        assert head(client, "/post/1/", 404).metas["robots"] == "noindex"

    @pytest.mark.parametrize(
        "state", [{"is_hidden": True}, {"deleted_at": timezone.now()}]
    )
    def test_nor_do_posts_that_are_not_public(self, as_moderator, state):
        found = head(as_moderator, PostFactory(**state).get_absolute_url())

        assert found.metas["robots"] == "noindex"
        assert "canonical" not in found.links
        assert not [name for name in found.metas if name.startswith("og:")]


class TestSource:
    def test_is_linked_from_its_post(self, client, ada):
        post = PostFactory(author=ada)

        response = client.get(post.get_absolute_url())
        found = HeadParser(response.content.decode())

        assert found.links["alternate text/markdown"] == f"/post/{post.pk}.md"
        assert f'<a href="/post/{post.pk}.md">' in response.content.decode()
