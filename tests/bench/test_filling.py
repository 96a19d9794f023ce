import pytest
from django.db import connection

from accounts.models import User
from bench import filling, site
from bench.readers import ask
from bench.sizes import Size
from bench.targets import TARGETS
from bench.visits import visits_to
from blog.models import Comment, Post
from social.models import Follow

TINY = Size("tiny", members=600, posts=2000, comments=6000, follows=3000)


@pytest.fixture
def filled(db):
    """A site of some rows, made as those of millions are."""
    with connection.cursor() as cursor:
        for table in site.TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        site.write_rows(TINY, cursor, say=lambda _text: None)
        # As a site is after a while; guesses about its rows take minutes here.
        cursor.execute(f"ANALYZE {', '.join(site.TABLES)}")
    return TINY


@pytest.mark.side_by_side
class TestFilling:
    def test_counts_what_a_recount_counts(self, filled):
        assert site.wrong_counters() == {}

    def test_gives_the_readers_whom_they_follow(self, filled):
        for reader in filled.readers[:2]:
            assert User.objects.get(pk=reader.pk).following_count == reader.count

    def test_has_one_whom_most_follow_and_who_wrote_most(self, filled):
        members = User.objects.all()

        assert members.order_by("-follower_count")[0].pk == filled.celebrity
        assert members.order_by("-post_count")[0].pk == filled.celebrity

    def test_has_a_long_thread(self, filled):
        hot = Post.objects.get(pk=filled.hot_post)

        assert hot.thread_length >= filled.comments // 200

    def test_has_nobody_with_an_even_id_write_lately(self, filled):
        late = Post.objects.filter(pk__gt=filled.posts * 0.9)

        assert not [post for post in late if post.author_id % 2 == 0]

    def test_makes_as_many_rows_as_it_says(self, filled):
        counts = [model.objects.count() for model in (User, Post, Comment)]

        assert counts == [filled.members, filled.posts, filled.comments]
        assert Follow.objects.count() > filled.follows / 2


@pytest.mark.side_by_side
class TestVisits:
    def test_are_answered_each_with_a_target(self, filled):
        visits = visits_to(filled)

        assert [visit.name for visit in visits] == [*TARGETS]
        answers = {v.name: ask(v.path, v.headers).status_code for v in visits}
        assert set(answers.values()) == {200}, answers


class TestStatement:
    def test_gives_columns_that_nobody_named_their_default(self):
        statement = filling.Step(
            User, {"id": "n", "username": "'member' || n"}, "{numbers}", total=9
        ).statement(1, 9)

        assert "FROM generate_series(1::bigint, 9) AS n" in statement
        assert "is_active" in statement
        # The database knows the default of counters, and nothing is NULL.
        assert "post_count" not in statement
        assert "suspended_at" not in statement
