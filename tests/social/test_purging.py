import pytest
from django.db import connection

from accounts.models import User
from blog.models import Comment, Post
from flasky_site.lib import batches
from social.models import Follow
from social.purging import purge_member
from tests.blog.test_triggers import assert_counts_are_right
from tests.factories import (
    CommentFactory,
    FollowFactory,
    PostFactory,
    UserFactory,
)
from tests.threads import at_once

MANY = 10_000


def assert_all_counts_are_right():
    assert_counts_are_right()
    for user in User.objects.all():
        assert user.follower_count == user.followers.count()
        assert user.following_count == user.following.count()


def fill(member, other):
    """Let ``member`` and others leave some of everything around them."""
    posts = PostFactory.create_batch(5, author=member)
    PostFactory(author=member, is_hidden=True)
    theirs = PostFactory(author=other)
    for post in [posts[0], posts[3], theirs]:
        CommentFactory.create_batch(3, post=post, author=other)
        CommentFactory.create_batch(2, post=post, author=member)
    CommentFactory(post=theirs, author=member, is_disabled=True)
    FollowFactory(follower=member, followed=other)
    FollowFactory.create_batch(4, followed=member)
    FollowFactory.create_batch(3, follower=member)
    FollowFactory(followed=other)


def assert_only_the_rest_is_there(member, other):
    assert not User.objects.filter(pk=member.pk).exists()
    post = Post.objects.get()
    assert post.author == other
    assert Comment.objects.filter(author=other, post=post).count() == 3
    assert Comment.objects.count() == 3
    assert Follow.objects.count() == 1


@pytest.fixture
def leaving(bob):
    member = UserFactory(username="leaving", is_active=False)
    fill(member, bob)
    return member


@pytest.fixture
def few_at_once(monkeypatch):
    monkeypatch.setattr(batches, "ROWS_AT_ONCE", 2)


@pytest.fixture
def asked():
    """Every statement with its number of parameters."""
    statements = []

    def note(execute, sql, params, many, context):
        statements.append((sql, len(params or ())))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield statements


@pytest.mark.django_db
class TestPurgeMember:
    def test_leaves_nothing_of_the_member_and_everything_of_others(self, leaving, bob):
        assert purge_member(member_id=leaving.pk)

        assert_only_the_rest_is_there(leaving, bob)
        assert_all_counts_are_right()

    def test_keeps_the_counts_right_after_every_batch(self, few_at_once, leaving, bob):
        slices = 1
        while not purge_member(member_id=leaving.pk, batches=1):
            assert_all_counts_are_right()
            slices += 1
            assert slices < 50

        assert slices > 10
        assert_only_the_rest_is_there(leaving, bob)
        assert_all_counts_are_right()

    def test_begins_with_the_newest_posts(self, few_at_once, leaving):
        newest = list(Post.objects.by(leaving).newest_first()[:2])

        while Post.objects.filter(pk__in=[post.pk for post in newest]).exists():
            purge_member(member_id=leaving.pk, batches=1)

        assert Post.objects.by(leaving).count() == 4
        assert Follow.objects.filter(followed=leaving).count() == 4

    def test_takes_no_more_than_a_batch_into_its_hands(
        self, few_at_once, leaving, asked
    ):
        assert purge_member(member_id=leaving.pk)

        about_rows = [
            (sql, count)
            for sql, count in asked
            if any(f'FROM "{table}' in sql for table in ("blog_", "social_"))
        ]
        assert len(about_rows) > 20
        # The ids of a batch or the member, and the LIMIT.
        assert max(count for _sql, count in about_rows) <= batches.ROWS_AT_ONCE + 2
        assert not [sql for sql, _count in asked if '"body"' in sql]

    def test_costs_the_same_for_each_batch(self, leaving, asked):
        def cost():
            asked.clear()
            assert purge_member(member_id=leaving.pk)
            return len(asked)

        few = cost()
        again = UserFactory(username="again", is_active=False)
        PostFactory.create_batch(20, author=again)
        CommentFactory.create_batch(20, post=again.posts.first())
        CommentFactory.create_batch(20, author=again)
        FollowFactory.create_batch(20, followed=again)
        FollowFactory.create_batch(2, follower=again)
        leaving = again

        assert cost() == few

    def test_does_nothing_the_second_time(self, leaving, bob):
        assert purge_member(member_id=leaving.pk)
        assert purge_member(member_id=leaving.pk)

        assert_only_the_rest_is_there(leaving, bob)

    def test_leaves_who_has_an_open_account_alone(self, leaving):
        User.objects.filter(pk=leaving.pk).update(is_active=True)

        assert purge_member(member_id=leaving.pk)

        assert Post.objects.by(leaving).count() == 6


@pytest.mark.side_by_side
@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    @pytest.fixture
    def bob(self):
        return UserFactory(username="bob")

    def test_two_workers_help_each_other(self, few_at_once, leaving, bob):
        def work():
            for _slice in range(MANY):
                if purge_member(member_id=leaving.pk, batches=2):
                    return True
            return False

        assert at_once(work, work, work) == [True] * 3

        assert_only_the_rest_is_there(leaving, bob)
        assert_all_counts_are_right()

    def test_two_members_who_knew_each_other_leave_together(self, few_at_once, bob):
        pair = [UserFactory(is_active=False) for _ in range(2)]
        for member, other in (pair, pair[::-1]):
            fill(member, other)
            CommentFactory.create_batch(5, author=member, post=other.posts.first())

        def work(member):
            return lambda: any(
                purge_member(member_id=member.pk, batches=3) for _slice in range(MANY)
            )

        assert at_once(*map(work, pair)) == [True] * 2
        assert not Post.objects.exists()
        assert_all_counts_are_right()
