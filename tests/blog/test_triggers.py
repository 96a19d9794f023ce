import random

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from accounts.models import User
from blog.models import Comment, Post, PostBlock
from blog.querysets import BLOCK_SIZE
from tests.factories import CommentFactory, PostFactory, UserFactory


def assert_counts_are_right():
    """Compare every counter with a recount of what the public sees."""
    for user in User.objects.all():
        assert user.post_count == user.posts.public().count()
        assert user.comment_count == user.comments.public().count()
    for post in Post.objects.all():
        comments = post.comments.filter(deleted_at=None)
        assert post.comment_count == comments.filter(is_disabled=False).count()
        assert post.thread_length == comments.count()
    blocks = dict(PostBlock.objects.values_list("block", "post_count"))
    expected = {}
    for pk in Post.objects.public().values_list("pk", flat=True):
        expected[pk // BLOCK_SIZE] = expected.get(pk // BLOCK_SIZE, 0) + 1
    assert {block: count for block, count in blocks.items() if count} == expected


@pytest.mark.django_db
class TestTriggers:
    def test_count_single_and_bulk_inserts(self, alice, bob):
        post = PostFactory(author=alice)
        Post.objects.bulk_create(
            [Post(author=author, body="a") for author in (alice, bob)]
        )
        Comment.objects.bulk_create(
            [Comment(post=post, author=bob, body="a") for _ in range(3)]
        )

        assert_counts_are_right()

    def test_count_into_blocks_of_ids(self, alice):
        PostFactory(author=alice, id=1)
        PostFactory(author=alice, id=BLOCK_SIZE * 3)

        assert PostBlock.objects.counts() == [(3, 1), (0, 1)]

    def test_follow_hiding_and_restoring(self, alice, bob):
        post = PostFactory(author=alice)
        CommentFactory.create_batch(2, post=post, author=bob)
        CommentFactory(post=post, author=alice)
        CommentFactory(post=post, author=bob, is_disabled=True)
        for is_hidden in (True, True, False, False):
            Post.objects.filter(pk=post.pk).update(is_hidden=is_hidden)
            assert_counts_are_right()

    def test_follow_disabling_and_enabling(self, alice):
        comment = CommentFactory(author=alice)
        for is_disabled in (True, True, False, False):
            Comment.objects.filter(pk=comment.pk).update(is_disabled=is_disabled)
            assert_counts_are_right()

    @pytest.mark.parametrize("kind", [Post, Comment])
    def test_follow_deletion_by_the_author_and_its_undoing(self, kind, alice):
        comment = CommentFactory(author=alice, post=PostFactory(author=alice))
        rows = kind.objects.filter(
            pk=comment.pk if kind is Comment else comment.post_id
        )
        for deleted_at in (timezone.now(), timezone.now(), None, None):
            rows.update(deleted_at=deleted_at)
            assert_counts_are_right()

    def test_count_nothing_twice_that_is_out_of_sight_for_two_reasons(self):
        comment = CommentFactory(is_disabled=True)
        for change in (
            {"deleted_at": timezone.now()},
            {"is_disabled": False},
            {"deleted_at": None},
        ):
            Comment.objects.filter(pk=comment.pk).update(**change)
            assert_counts_are_right()
        for change in (
            {"is_hidden": True},
            {"deleted_at": timezone.now()},
            {"is_hidden": False},
            {"deleted_at": None},
        ):
            Post.objects.filter(pk=comment.post_id).update(**change)
            assert_counts_are_right()

    def test_count_rows_that_arrive_out_of_sight(self):
        post = PostFactory(is_hidden=True)
        CommentFactory(post=post, is_disabled=True)
        CommentFactory(post=post)
        CommentFactory(post=post, deleted_at=timezone.now())
        assert_counts_are_right()

        Comment.objects.all().delete()
        Post.objects.all().delete()
        assert_counts_are_right()

    def test_follow_the_deletion_of_a_post_with_its_comments(self, alice):
        post = PostFactory(author=alice)
        CommentFactory.create_batch(2, post=post, author=alice)

        post.delete()

        assert_counts_are_right()

    def test_follow_the_deletion_of_a_member_with_everything(self, alice, bob):
        CommentFactory(post=PostFactory(author=bob), author=alice)
        CommentFactory(post=PostFactory(author=alice), author=bob)

        alice.delete()

        assert_counts_are_right()

    def test_stay_right_under_a_long_mixture(self):
        dice = random.Random(20170718)
        people = UserFactory.create_batch(3)
        for _ in range(60):
            post = PostFactory(
                author=dice.choice(people), is_hidden=dice.random() < 0.2
            )
            CommentFactory.create_batch(
                dice.randrange(3), post=post, author=dice.choice(people)
            )
        Post.objects.filter(pk__in=_some(dice, Post)).update(is_hidden=True)
        Comment.objects.filter(pk__in=_some(dice, Comment)).update(is_disabled=True)
        Post.objects.filter(pk__in=_some(dice, Post)).update(deleted_at=timezone.now())
        Comment.objects.filter(pk__in=_some(dice, Comment)).update(
            deleted_at=timezone.now()
        )
        Post.objects.filter(pk__in=_some(dice, Post)).delete()
        Comment.objects.filter(pk__in=_some(dice, Comment)).delete()
        Post.objects.filter(pk__in=_some(dice, Post)).update(is_hidden=False)

        assert_counts_are_right()

    @pytest.mark.parametrize("models", [(PostBlock, Post), (Post, PostBlock)])
    def test_leave_nothing_behind_when_every_table_is_emptied(self, models):
        CommentFactory()
        tables = [Comment, *models]
        with connection.cursor() as cursor:
            for model in tables:
                cursor.execute(f"DELETE FROM {model._meta.db_table}")

        CommentFactory()
        assert_counts_are_right()

    def test_are_there_again_after_migrating(self):
        call_command("migrate", verbosity=0)

        CommentFactory()
        assert_counts_are_right()


def _some(dice, model):
    ids = list(model.objects.values_list("pk", flat=True))
    return dice.sample(ids, len(ids) // 4)
