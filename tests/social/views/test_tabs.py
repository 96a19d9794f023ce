import pytest
from django.conf import settings

from accounts.models import User
from blog.models import Post
from social import timelines
from social.models import Follow
from tests.factories import FollowFactory, PostFactory, UserFactory

MONTH = 30 * 24 * 3600


@pytest.fixture
def followed_post(alice, bob):
    FollowFactory(follower=alice, followed=bob)
    return PostFactory(author=bob)


@pytest.fixture
def as_follower(as_alice):
    """Alice, who chose Followed."""
    as_alice.get("/followed/")
    return as_alice


@pytest.mark.django_db
class TestTabs:
    def test_are_remembered_for_a_month(self, as_alice, settings):
        settings.SESSION_COOKIE_SECURE = True

        response = as_alice.get("/followed/")

        cookie = response.cookies["show_followed"]
        assert (response.status_code, response.url) == (302, "/")
        assert (cookie.value, cookie["max-age"], cookie["path"]) == ("1", MONTH, "/")
        assert (cookie["samesite"], cookie["httponly"], cookie["secure"]) == (
            "Lax",
            True,
            True,
        )

    def test_show_those_one_follows_or_everybody(self, as_alice, followed_post):
        other = PostFactory()
        assert list(as_alice.get("/").context["posts"]) == [other, followed_post]

        as_alice.get("/followed/")
        assert list(as_alice.get("/").context["posts"]) == [followed_post]

        response = as_alice.get("/all/")
        assert (response.url, response.cookies["show_followed"].value) == ("/", "")
        assert list(as_alice.get("/").context["posts"]) == [other, followed_post]

    def test_change_nothing_but_the_cookie(self, as_alice, followed_post):
        for address in ("/all/", "/followed/"):
            assert set(as_alice.get(address).cookies) == {"show_followed"}
        assert (Post.objects.count(), Follow.objects.count()) == (1, 1)

    @pytest.mark.parametrize("value", ["", "0", "true", "11", '1"', "é", "x" * 4000])
    def test_are_all_for_a_forged_cookie(self, as_alice, followed_post, value):
        other = PostFactory()

        page = as_alice.get("/", headers={"Cookie": self.cookies(as_alice, value)})

        assert list(page.context["posts"]) == [other, followed_post]

    def cookies(self, client, value):
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        return f"{settings.SESSION_COOKIE_NAME}={session}; show_followed={value}"

    def test_are_not_for_strangers(self, client, followed_post):
        client.cookies["show_followed"] = "1"

        page = client.get("/")

        assert list(page.context["posts"]) == [followed_post]
        assert not page.cookies
        assert "home-tabs" not in page.content.decode()
        assert client.get("/", headers={"If-None-Match": page["ETag"]}).status_code == (
            304
        )

    def test_lead_strangers_home_or_to_the_log_in(self, client):
        everybody, followed = client.get("/all/"), client.get("/followed/")

        assert (everybody.url, followed.url) == ("/", "/auth/login/?next=/followed/")
        assert "show_followed" not in {**everybody.cookies, **followed.cookies}

    @pytest.mark.parametrize("address", ["/all/", "/followed/"])
    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
    def test_are_for_reading_alone(self, as_alice, address, method):
        assert getattr(as_alice, method)(address).status_code == 405

    def test_stay_when_a_post_is_published(self, as_follower, followed_post):
        other = PostFactory()

        response = as_follower.post("/", {"body": "Hello"}, follow=True)

        own = Post.objects.get(body="Hello")
        assert response.context["posts"] == [own, followed_post]
        assert other not in response.context["posts"]

    @pytest.mark.parametrize("place", ["", "?before=1", "?after=1", "?after=999"])
    def test_give_back_what_cannot_be_published(self, as_follower, place):
        response = as_follower.post(f"/{place}", {"body": "x" * 20_001})

        assert response.status_code == 422
        assert response.context["form"]["body"].value() == "x" * 20_001


@pytest.mark.django_db
class TestFollowed:
    @pytest.fixture(autouse=True)
    def _small_pages(self, settings):
        settings.POSTS_PER_PAGE = 3

    @pytest.fixture
    def posts(self, bob, followed_post):
        return [*reversed(PostFactory.create_batch(7, author=bob)), followed_post]

    def test_leads_from_page_to_page_and_back_home(self, as_follower, posts):
        first = as_follower.get("/")
        second = as_follower.get(f"/{first.context['stretch'].older_href}")
        third = as_follower.get(f"/{second.context['stretch'].older_href}")

        pages = [page.context["posts"] for page in (first, second, third)]
        assert pages == [posts[:3], posts[3:6], posts[6:]]
        assert not third.context["stretch"].older_href
        back = as_follower.get(f"/{third.context['stretch'].newer_href}")
        assert back.context["posts"] == posts[3:6]
        home = as_follower.get(f"/{back.context['stretch'].newer_href}")
        assert (home.status_code, home.url) == (302, "/")

    def test_links_its_neighbours_for_programs_too(self, as_follower, posts):
        page = as_follower.get("/", {"before": posts[2].pk}).content.decode()

        assert f'<a href="?after={posts[3].pk}" rel="prev">Newer</a>' in page
        assert f'<a href="?before={posts[5].pk}" rel="next">Older</a>' in page

    @pytest.mark.parametrize("name", ["before", "after"])
    @pytest.mark.parametrize("place", ["", "x", "-1", "1.5", "9" * 30, "\0"])
    def test_takes_nonsense_for_the_first_page(self, as_follower, posts, name, place):
        page = as_follower.get("/", {name: place, "page": "7"})

        assert page.context["posts"] == posts[:3]

    @pytest.mark.parametrize("place", ["before=0", "before=1", f"after={2**63 - 1}"])
    def test_leads_home_from_where_nothing_is(self, as_follower, posts, place):
        response = as_follower.get(f"/?{place}")

        assert (response.status_code, response.url) == (302, "/")

    def test_asks_for_news_on_the_first_page_alone(self, as_follower, posts):
        deep = as_follower.get("/", {"before": posts[2].pk}).content.decode()

        assert (
            f"/new-posts/?after={posts[0].pk}" in as_follower.get("/").content.decode()
        )
        assert "new-posts" not in deep

    def test_costs_the_same_for_one_followed_and_for_very_many(
        self, as_follower, alice, posts, django_assert_num_queries
    ):
        # Session, member, role; the newest id, posts.
        with django_assert_num_queries(3):
            as_follower.get("/")

        people = User.objects.bulk_create(
            User(username=f"person{n}", email=f"{n}@example.com") for n in range(999)
        )
        Follow.objects.bulk_create(
            Follow(follower=alice, followed=person) for person in people
        )
        for person in people[:40]:
            PostFactory(author=person)
        with django_assert_num_queries(3):
            as_follower.get("/")

    def test_costs_eight_queries_at_most_where_a_thousand_fell_silent(
        self, as_follower, alice, posts, monkeypatch, django_assert_max_num_queries
    ):
        monkeypatch.setattr(timelines, "WINDOW", 30)
        people = User.objects.bulk_create(
            User(username=f"person{n}", email=f"{n}@example.com") for n in range(999)
        )
        Follow.objects.bulk_create(
            Follow(follower=alice, followed=person) for person in people
        )
        other = UserFactory()
        PostFactory.create_batch(30, author=other)
        PostFactory(author=people[0])

        # Session, member, role; the newest id, two looks nearby, two for the merge.
        with django_assert_max_num_queries(8):
            page = as_follower.get("/")

        assert page.context["posts"][1:] == posts[:2]


@pytest.mark.django_db
class TestInvitation:
    def test_names_people_where_nothing_is_to_be_read(self, as_follower, bob):
        PostFactory(author=bob)

        page = as_follower.get("/")

        assert list(page.context["suggestions"]) == [bob]
        assert 'href="/user/bob/"' in page.content.decode()

    def test_stands_below_the_posts_of_who_follows_nobody(self, as_follower, alice):
        PostFactory(author=alice)

        page = as_follower.get("/").content.decode()

        assert page.index("<article") < page.index('id="invitation"')
        assert "your own posts alone" in page

    def test_waits_with_those_who_follow_somebody_silent(self, as_follower, alice):
        FollowFactory(follower=alice)

        page = as_follower.get("/").content.decode()

        assert "Nobody whom you follow has written yet." in page
        assert 'href="/all/"' in page

    def test_goes_when_there_is_something_to_read(self, as_follower, followed_post):
        assert "invitation" not in as_follower.get("/").content.decode()

    def test_costs_four_queries(self, as_follower, django_assert_num_queries):
        for author in UserFactory.create_batch(5):
            PostFactory(author=author)

        with django_assert_num_queries(4):
            as_follower.get("/")
