"""Kept pages: every route that has them."""

import re

import brotli
import pytest
from django.urls import resolve, reverse

from flasky_site.lib.decorators import shared_parameters_of
from flasky_site.lib.visitors.store import near_pages
from tests.factories import CommentFactory, FollowFactory, PostFactory, UserFactory
from tests.test_addresses import ADDRESSES, CAST
from tests.test_headers import weaknesses

# What is the same for members too.
FEEDS = {"blog:site_feed", "blog:member_feed", "blog:comment_feed"}
PAGES = {
    "social:home",
    "social:profile",
    "social:people",
    "social:follower_list",
    "social:following_list",
    "blog:post_detail",
}


def parameters_of(name):
    return shared_parameters_of(resolve(address_of(name)).func)


def address_of(name):
    return reverse(name, args=ADDRESSES[name][1])


# From the addresses themselves: a view that is marked tomorrow is tested tomorrow.
KEPT = sorted(name for name in ADDRESSES if parameters_of(name) is not None)
# With and without each parameter, since each has a place of its own.
KEPT_ADDRESSES = [
    f"{address_of(name)}{query}"
    for name in KEPT
    for query in ("", *(f"?{parameter}=1" for parameter in parameters_of(name)))
]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_pages")]


@pytest.fixture
def cast():
    cast = UserFactory(id=CAST, username="cast", about_me="A word. " * 80)
    post = PostFactory(id=1, author=cast, body="word " * 200)
    CommentFactory(id=1, post=post, author=cast)
    FollowFactory(follower=cast, followed=UserFactory())
    FollowFactory(follower=UserFactory(), followed=cast)
    return cast


@pytest.fixture
def as_suspended(client):
    client = type(client)()
    client.force_login(UserFactory(username="suzy", suspended=True))
    return client


class TestKeptRoutes:
    def test_are_these_and_no_others(self):
        assert set(KEPT) == FEEDS | PAGES

    @pytest.mark.parametrize("address", KEPT_ADDRESSES)
    def test_give_nobody_what_is_somebody_elses(
        self, address, cast, client, alice, bob, as_alice, as_bob
    ):
        is_feed = "feed" in address
        FollowFactory(follower=alice, followed=cast)
        seen = {"visitor": [], "alice": [], "bob": []}
        readers = {"visitor": client, "alice": as_alice, "bob": as_bob}

        # Each after each of the others, and each twice in a row.
        for turn in "alice visitor bob bob visitor visitor alice alice bob".split():
            seen[turn].append(readers[turn].get(address))

        marks = {"alice": f'data-member="{alice.pk}"', "bob": f'data-member="{bob.pk}"'}
        for reader, answers in seen.items():
            for answer in answers:
                page = answer.content.decode()
                shown = {name for name, mark in marks.items() if mark in page}
                assert shown == ({reader} & marks.keys() if not is_feed else set())
                is_private = "private" in answer["Cache-Control"]
                assert is_private == (reader != "visitor" and not is_feed)
                assert ("csrfmiddlewaretoken" in page) == is_private
        assert len({answer.content for answer in seen["visitor"]}) == 1
        assert not any(answer.cookies for answer in seen["visitor"])

    @pytest.mark.parametrize("name", sorted(PAGES))
    def test_keep_their_gates_for_members(
        self, name, cast, client, as_newcomer, as_suspended
    ):
        address = address_of(name)
        for _ in range(2):
            assert client.get(address).status_code == 200
            assert as_newcomer.get(address).url == "/auth/unconfirmed/"
            assert as_suspended.get(address).url == "/auth/suspended/"

    @pytest.mark.parametrize("address", KEPT_ADDRESSES)
    def test_ask_the_database_nothing_for_the_next_visitor(
        self, address, cast, client, django_assert_num_queries
    ):
        first = client.get(address)

        with django_assert_num_queries(0):
            near = client.get(address)
            near_pages.pages.clear()
            shared = client.get(address)

        assert first.content == near.content == shared.content

    @pytest.mark.parametrize("address", KEPT_ADDRESSES)
    def test_know_their_versions_and_codings(self, address, cast, client):
        plain = client.get(address)
        small = client.get(address, headers={"Accept-Encoding": "br"})
        known = {"Accept-Encoding": "br", "If-None-Match": small["ETag"]}

        assert brotli.decompress(small.content) == plain.content
        again = client.get(address, headers=known)
        assert again.status_code == 304
        assert {*weaknesses(plain), *weaknesses(small), *weaknesses(again)} == set()
        since = {"If-Modified-Since": plain["Last-Modified"]}
        assert client.get(address, headers=since).status_code == 304
        head = client.head(address)
        assert head.content == b""
        assert head["Content-Length"] == plain["Content-Length"]

    def test_leave_the_redirect_to_https_to_others(self, cast, client, settings):
        assert client.get("/", secure=True).status_code == 200
        settings.SECURE_SSL_REDIRECT = True
        settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
        client = type(client)()

        by_http = client.get("/")
        by_proxy = client.get("/", headers={"X-Forwarded-Proto": "https"})

        assert by_http.status_code == 301
        assert by_proxy.status_code == 200

    def test_refuse_a_host_that_is_not_ours(self, cast, client):
        client.get("/")

        answer = client.get("/", headers={"Host": "elsewhere.example"})

        assert answer.status_code == 400
        assert "Content-Security-Policy" in answer

    def test_tell_each_host_its_own_address(self, cast, client):
        pages = [
            client.get("/post/1/", headers={"Host": host}).content.decode()
            for host in ("testserver", "localhost")
        ]

        assert 'href="http://testserver/post/1/"' in pages[0]
        assert 'href="http://localhost/post/1/"' in pages[1]

    def test_tell_who_logged_out_that_they_did(self, as_alice):
        as_alice.get("/")
        as_alice.post("/auth/logout/")

        page = as_alice.get("/").content.decode()

        assert re.search(r'class="message', page)
        assert not re.search(r'class="message', as_alice.get("/").content.decode())
