import random

import pytest
from django.db import connection
from django.utils import timezone

from blog.models import Post
from flasky_site.lib.cursors import Cursor
from social import timelines
from social.models import Follow
from social.timelines import (
    SUGGESTIONS,
    count_news,
    newest_post_id,
    read_timeline,
    suggest_people,
)
from tests.factories import FollowFactory, PostFactory, UserFactory

SIZE = 5
# (FEW, WINDOW, WINDOW_PARTS): asked one by one, found in the window, found in both.
WAYS = {
    "merge": (10_000, 2000, 10),
    "window": (0, 100_000, 10),
    "both": (0, 30, 20),
    "halves": (0, 30, 2),
}


@pytest.fixture(params=WAYS)
def _way(request, monkeypatch):
    few, window, parts = WAYS[request.param]
    monkeypatch.setattr(timelines, "FEW", few)
    monkeypatch.setattr(timelines, "WINDOW", window)
    monkeypatch.setattr(timelines, "WINDOW_PER_PERSON", window)
    monkeypatch.setattr(timelines, "WINDOW_PARTS", parts)


def read(member, cursor=None):
    member.refresh_from_db()
    return read_timeline(member, cursor or Cursor(), size=SIZE, newest=newest_post_id())


@pytest.fixture
def crowd(alice):
    """Alice follows some of a crowd, each as active as chance has it; always the same.

    Return her timeline, newest first.
    """
    chance = random.Random(1)
    people = [*UserFactory.create_batch(12), alice]
    for person in people[:7]:
        FollowFactory(follower=alice, followed=person)
    FollowFactory(follower=people[0], followed=people[9])
    now = timezone.now()
    Post.objects.bulk_create(
        Post(
            author=people[min(int(chance.expovariate(0.3)), 12)],
            is_hidden=chance.random() < 0.1,
            deleted_at=now if chance.random() < 0.1 else None,
        )
        for _ in range(300)
    )
    read_by_alice = {alice, *people[:7]}
    return [
        post
        for post in Post.objects.order_by("-id")
        if post.author in read_by_alice
        and not post.is_hidden
        and post.deleted_at is None
    ]


@pytest.mark.django_db
@pytest.mark.usefixtures("_way")
class TestReadTimeline:
    def test_finds_each_post_once_on_the_way_down_and_up(self, alice, crowd):
        assert len(crowd) > 100
        stretch, down = read(alice), []
        while True:
            down.extend(stretch.rows)
            if not stretch.has_older:
                break
            stretch = read(alice, Cursor(before=stretch.rows[-1].pk))
        assert down == crowd

        up = list(stretch.rows)
        while stretch.has_newer:
            stretch = read(alice, Cursor(after=stretch.rows[0].pk))
            up = [*stretch.rows, *up]
        assert up == crowd

    def test_finds_what_is_beyond_any_place(self, alice, crowd):
        for place in (0, 1, 7, crowd[-1].pk + 20, crowd[0].pk, 10**9, 2**63 - 1):
            older = [post for post in crowd if post.pk < place]
            newer = [post for post in crowd if post.pk > place]

            above = read(alice, Cursor(after=place))

            assert list(read(alice, Cursor(before=place)).rows) == older[:SIZE]
            assert list(above.rows) == newer[-SIZE:]
            assert above.has_newer == (len(newer) > SIZE)

    def test_has_one_s_own_posts_without_a_follow(self, alice):
        post = PostFactory(author=alice)
        PostFactory()

        assert read(alice).rows == [post]

    def test_has_no_hidden_or_deleted_posts_not_even_one_s_own(self, alice, bob):
        FollowFactory(follower=alice, followed=bob)
        for author in (alice, bob):
            PostFactory(author=author, is_hidden=True)
            PostFactory(author=author, deleted_at=timezone.now())

        assert read(alice).rows == []

    def test_follows_in_one_direction(self, alice, bob):
        FollowFactory(follower=bob, followed=alice)
        PostFactory(author=bob)

        assert read(alice).rows == []

    def test_is_read_without_a_query_for_each_author(
        self, alice, crowd, django_assert_max_num_queries
    ):
        alice.refresh_from_db()
        with django_assert_max_num_queries(4):
            rows = read_timeline(alice, Cursor(), size=SIZE, newest=crowd[0].pk).rows
            assert all(post.author.username for post in rows)


@pytest.mark.django_db
class TestWindow:
    @pytest.fixture(autouse=True)
    def _forty_ids(self, monkeypatch):
        monkeypatch.setattr(timelines, "FEW", 0)
        monkeypatch.setattr(timelines, "WINDOW", 40)
        monkeypatch.setattr(timelines, "WINDOW_PER_PERSON", 40)

    @pytest.fixture
    def posts(self, alice, bob):
        FollowFactory(follower=alice, followed=bob)
        posts = PostFactory.create_batch(60, author=bob)
        alice.refresh_from_db()
        return posts

    def test_is_looked_through_where_its_nearest_part_holds_too_little(
        self, alice, posts, django_assert_num_queries
    ):
        newest = PostFactory().pk

        with django_assert_num_queries(2) as captured:  # A part, and the rest.
            stretch = read_timeline(alice, Cursor(), size=SIZE, newest=newest)

        assert stretch.rows == posts[: -SIZE - 1 : -1]
        assert f'"id" < {newest - 1}' in captured[1]["sql"]
        assert f'"id" >= {newest - 39}' in captured[1]["sql"]

    @pytest.mark.parametrize(("others", "looks"), [(17, 2), (18, 1)])
    def test_is_left_alone_where_its_nearest_part_holds_less_than_its_share(
        self, alice, posts, others, looks, monkeypatch, django_assert_num_queries
    ):
        monkeypatch.setattr(timelines, "WINDOW_PARTS", 2)
        newest = [PostFactory() for _ in range(others)][-1].pk

        merge = 2 if connection.vendor == "postgresql" else 1
        with django_assert_num_queries(2 if looks == 2 else 1 + merge):
            stretch = read_timeline(alice, Cursor(), size=SIZE, newest=newest)

        assert stretch.rows == posts[: -SIZE - 1 : -1]

    def test_is_left_alone_where_its_nearest_part_holds_nothing(
        self, alice, posts, django_assert_num_queries
    ):
        newest = [PostFactory() for _ in range(4)][-1].pk

        # A part; on PostgreSQL the merge takes two.
        merge = 2 if connection.vendor == "postgresql" else 1
        with django_assert_num_queries(1 + merge):
            stretch = read_timeline(alice, Cursor(), size=SIZE, newest=newest)

        assert stretch.rows == posts[: -SIZE - 1 : -1]


def plans_of(queries):
    """Return how the database finds what ``queries`` ask for, among many rows."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Without it two indexes look equally good to the planner.
            cursor.execute("ANALYZE blog_post, social_follow")
            # Few rows are read from the table, whatever else there is.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
        plans = []
        for query in queries:
            cursor.execute(f"{connection.ops.explain_prefix} {query['sql']}")
            plans.append("\n".join(str(row[-1]) for row in cursor.fetchall()))
    return plans


@pytest.mark.django_db
class TestIndexes:
    @pytest.fixture(autouse=True)
    def _strangers(self, db):
        """Let so many others have written that the planner sees a difference."""
        people = UserFactory.create_batch(20)
        Post.objects.bulk_create(
            Post(author=people[number % 20], is_hidden=number % 10 == 0)
            for number in range(600)
        )

    def test_of_public_posts_serve_the_merge(
        self, alice, crowd, django_assert_num_queries
    ):
        alice.refresh_from_db()
        with django_assert_num_queries(1) as captured:
            read_timeline(alice, Cursor(), size=SIZE, newest=0)

        [merge] = plans_of(captured)
        assert "public_post_by_author" in merge

    def test_of_public_posts_serve_the_window_and_the_news(
        self, alice, crowd, monkeypatch, django_assert_num_queries
    ):
        monkeypatch.setattr(timelines, "FEW", 0)
        alice.refresh_from_db()
        with django_assert_num_queries(5) as captured:
            newest = newest_post_id()
            read_timeline(alice, Cursor(), size=SIZE, newest=newest)
            count_news(alice, newest, followed=True)

        # The newest is found at once from the end of any index of ids.
        found = [query for query in captured if not query["sql"].endswith("LIMIT 1")]
        assert len(found) == 3
        for plan in plans_of(found):
            assert "public_post" in plan or "PRIMARY KEY" in plan
            assert "SCAN blog_post\n" not in plan


@pytest.mark.django_db
@pytest.mark.usefixtures("_way")
class TestCountNews:
    def test_counts_what_is_above_on_the_timeline(self, alice, crowd):
        alice.refresh_from_db()
        for position in (0, 1, 4, 8):
            after = crowd[position].pk

            assert count_news(alice, after, followed=True) == position

    def test_counts_public_posts_of_everybody(self, alice, crowd):
        public = list(Post.objects.public().order_by("-id"))

        assert count_news(alice, public[9].pk, followed=False) == 9

    def test_costs_two_queries_at_most(
        self, alice, crowd, django_assert_max_num_queries
    ):
        alice.refresh_from_db()
        with django_assert_max_num_queries(2):
            count_news(alice, 0, followed=True)
        with django_assert_max_num_queries(1):
            count_news(alice, 0, followed=False)

    @pytest.mark.parametrize("followed", [True, False])
    def test_stops_counting_past_the_limit(self, alice, followed, monkeypatch):
        monkeypatch.setattr(timelines, "NEWS_LIMIT", 3)
        PostFactory.create_batch(6, author=alice)

        assert count_news(alice, 0, followed=followed) == 4


@pytest.mark.django_db
class TestSuggestPeople:
    def test_finds_who_wrote_lately_the_most_followed_first(self, alice, bob):
        known, quiet, popular = UserFactory.create_batch(3)
        FollowFactory(follower=alice, followed=known)
        FollowFactory(follower=bob, followed=popular)
        for author in (alice, bob, known, popular):
            PostFactory(author=author)
        PostFactory(author=quiet, is_hidden=True)

        assert list(suggest_people(alice)) == [popular, bob]

    def test_leaves_out_who_has_no_page(self, alice, newcomer):
        PostFactory(author=newcomer)
        PostFactory(author=UserFactory(is_active=False))

        assert not suggest_people(alice)

    def test_finds_a_few(self, alice):
        for author in UserFactory.create_batch(SUGGESTIONS + 2):
            PostFactory(author=author)

        assert len(suggest_people(alice)) == SUGGESTIONS

    def test_looks_at_the_newest_posts_alone(self, alice, bob, monkeypatch):
        monkeypatch.setattr(timelines, "RECENT_POSTS", 3)
        PostFactory(author=bob)
        PostFactory.create_batch(3, author=alice)

        assert not suggest_people(alice)
        assert not Follow.objects.exists()
