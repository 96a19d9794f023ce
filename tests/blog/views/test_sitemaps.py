from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from blog.models import Post
from blog.sitemaps import PART_SIZE
from tests.factories import PostFactory, UserFactory

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
WRITTEN = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
EDITED = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)
HOST = "http://testserver"


def locations(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    root = ElementTree.fromstring(response.content)
    return [location.text for location in root.iter(f"{SITEMAP}loc")]


def all_pages(client):
    """Return every address that the index leads to, in order."""
    return [
        page
        for file in locations(client, "/sitemap.xml")
        for page in locations(client, file.removeprefix(HOST))
    ]


@pytest.fixture
def writer(db):
    return UserFactory(id=1, username="writer")


class TestSitemapIndex:
    @pytest.mark.django_db
    def test_is_valid_where_nothing_is_written(self, client):
        UserFactory()

        assert locations(client, "/sitemap.xml") == []

    def test_splits_posts_and_members_by_their_ids(self, client, writer):
        later = UserFactory(id=2 * PART_SIZE + 7, username="later")
        for post_id in (1, PART_SIZE - 1, PART_SIZE, 7 * PART_SIZE + 3):
            PostFactory(id=post_id, author=writer)
        PostFactory(id=7 * PART_SIZE + 4, author=later)

        assert locations(client, "/sitemap.xml") == [
            f"{HOST}/sitemap/posts-0.xml",
            f"{HOST}/sitemap/posts-1.xml",
            f"{HOST}/sitemap/posts-7.xml",
            f"{HOST}/sitemap/members-0.xml",
            f"{HOST}/sitemap/members-1.xml",
            f"{HOST}/sitemap/members-2.xml",
        ]

    def test_leads_to_every_public_post_and_its_author_once(self, client, writer):
        ids = [1, PART_SIZE - 1, PART_SIZE, 7 * PART_SIZE + 3]
        for post_id in ids:
            PostFactory(id=post_id, author=writer)

        assert all_pages(client) == [
            *(f"{HOST}/post/{post_id}/" for post_id in ids),
            f"{HOST}/user/writer/",
        ]

    def test_says_nothing_of_what_is_hidden_or_deleted(self, client, writer):
        PostFactory(author=writer, is_hidden=True)
        PostFactory(author=writer, deleted_at=timezone.now())

        assert all_pages(client) == []

    @pytest.mark.parametrize("count", [1, 5])
    def test_costs_two_queries(self, client, writer, count, django_assert_num_queries):
        for number in range(count):
            PostFactory(id=1 + number * PART_SIZE, author=writer)

        with django_assert_num_queries(2):  # blocks of posts, the last writer
            client.get("/sitemap.xml")


class TestPostSitemap:
    def test_tells_when_a_post_changed(self, client, writer):
        PostFactory(id=1, author=writer, created_at=WRITTEN)
        PostFactory(id=2, author=writer, created_at=WRITTEN, edited_at=EDITED)

        root = ElementTree.fromstring(client.get("/sitemap/posts-0.xml").content)

        assert [moment.text for moment in root.iter(f"{SITEMAP}lastmod")] == [
            "2026-01-02T03:04:05+00:00",
            "2026-02-03T04:05:06+00:00",
        ]

    @pytest.mark.parametrize("count", [1, 20])
    def test_costs_one_query_that_reads_no_text(
        self, client, writer, count, django_assert_num_queries
    ):
        for number in range(count):
            PostFactory(id=1 + number, author=writer)

        with django_assert_num_queries(1) as queries:
            client.get("/sitemap/posts-0.xml")

        assert "body" not in queries[0]["sql"]
        assert "OFFSET" not in queries[0]["sql"]

    @pytest.mark.django_db
    @pytest.mark.parametrize("part", ["0", "1", "99999999999999999999"])
    def test_is_404_where_there_is_nothing(self, client, part):
        assert client.get(f"/sitemap/posts-{part}.xml").status_code == 404
        assert client.get(f"/sitemap/members-{part}.xml").status_code == 404


class TestMemberSitemap:
    def test_lists_who_has_public_posts_and_a_page(self, client, writer):
        PostFactory(author=writer)
        UserFactory(id=2)
        PostFactory(author=UserFactory(id=3), is_hidden=True)
        PostFactory(author=UserFactory(id=4, is_active=False))
        PostFactory(author=UserFactory(id=5, unconfirmed=True))

        pages = locations(client, "/sitemap/members-0.xml")

        assert pages == [f"{HOST}/user/writer/"]

    @pytest.mark.parametrize("count", [1, 20])
    def test_costs_one_query(self, client, writer, count, django_assert_num_queries):
        PostFactory(author=writer)
        for number in range(count):
            PostFactory(author=UserFactory(id=2 + number))

        with django_assert_num_queries(1):
            client.get("/sitemap/members-0.xml")


ADDRESSES = [
    "/sitemap.xml",
    "/sitemap/posts-0.xml",
    "/sitemap/members-0.xml",
    "/robots.txt",
]


@pytest.mark.parametrize("address", ADDRESSES)
class TestAll:
    @pytest.fixture(autouse=True)
    def post(self, writer):
        return PostFactory(id=1, author=writer)

    def test_are_the_same_for_everybody(
        self, client, as_newcomer, as_alice, as_moderator, address
    ):
        seen = client.get(address)

        for reader in (as_newcomer, as_alice, as_moderator):
            assert reader.get(address).content == seen.content
        assert not seen.cookies
        assert seen.get("Vary", "Accept-Encoding") == "Accept-Encoding"
        assert seen["Cache-Control"] == "public, max-age=3600"

    @pytest.mark.parametrize("method", ["get", "head"])
    def test_are_sent_once(self, client, method, address):
        response = getattr(client, method)(address)
        known = {"If-None-Match": response["ETag"]}

        again = getattr(client, method)(address, headers=known)

        assert response.status_code == 200
        assert again.status_code == 304
        assert again["ETag"] == response["ETag"]

    def test_are_only_read(self, client, address):
        assert client.post(address).status_code == 405


class TestVersions:
    @pytest.mark.parametrize("change", [{"edited_at": EDITED}, {"is_hidden": True}])
    def test_change_with_a_post(self, client, writer, change):
        post = PostFactory(author=writer)
        PostFactory(author=writer)
        address = f"/sitemap/posts-{post.pk // PART_SIZE}.xml"
        before = client.get(address)["ETag"]

        Post.objects.filter(pk=post.pk).update(**change)

        assert client.get(address)["ETag"] != before
