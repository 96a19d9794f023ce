from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from blog import services
from blog.models import Comment, Post
from flasky_site.lib import batches
from flasky_site.lib.chores import hour_passed
from tests.blog.test_triggers import assert_counts_are_right
from tests.factories import CommentFactory, PostFactory

A_MINUTE = timedelta(minutes=1)


def deleted(**age):
    return {"deleted_at": timezone.now() - timedelta(**age)}


@pytest.mark.django_db
class TestPurgeDeleted:
    def test_leaves_nothing_that_is_older_and_takes_nothing_that_is_younger(self):
        late, early = deleted(days=30, minutes=1), deleted(days=29, hours=23)
        PostFactory(**late)
        CommentFactory(**late)
        young = {PostFactory(**early).pk, CommentFactory(**early).post_id}
        young |= {PostFactory().pk, CommentFactory().post_id}

        assert services.purge_deleted() == services.Purged(posts=1, comments=1)

        assert not Post.objects.purgeable(late["deleted_at"] + A_MINUTE).exists()
        assert set(Post.objects.values_list("pk", flat=True)) >= young
        assert Comment.objects.count() == 2
        assert_counts_are_right()

    def test_takes_a_post_after_all_that_stands_beneath_it(self, bob):
        post = PostFactory(**deleted(days=31))
        CommentFactory(post=post, author=bob)
        CommentFactory(post=post, author=bob, is_disabled=True)
        CommentFactory(post=post, **deleted(days=1))

        assert services.purge_deleted() == services.Purged(posts=1, comments=3)

        assert not Comment.objects.exists()
        assert_counts_are_right()

    def test_goes_on_in_batches_until_none_is_left(self, monkeypatch):
        monkeypatch.setattr(batches, "ROWS_AT_ONCE", 2)
        CommentFactory.create_batch(5, **deleted(days=31))
        CommentFactory.create_batch(5, post=PostFactory(**deleted(days=31)))
        PostFactory.create_batch(2, **deleted(days=31))

        assert services.purge_deleted() == services.Purged(posts=3, comments=10)
        assert services.purge_deleted() == services.Purged(posts=0, comments=0)

    def test_comes_with_every_hour(self):
        PostFactory(**deleted(days=31))

        hour_passed.send(None)

        assert not Post.objects.exists()


@pytest.mark.django_db
class TestCommand:
    def test_reports_what_it_purged(self, capsys):
        CommentFactory(post=PostFactory(**deleted(days=31)))

        call_command("purge_deleted")

        assert capsys.readouterr().out == "Purged: 1 posts, 1 comments.\n"

    @pytest.mark.parametrize(("days", "left"), [("0", 0), ("2", 1), ("36500", 1)])
    def test_takes_another_number_of_days(self, days, left):
        PostFactory(**deleted(days=1))

        call_command("purge_deleted", "--days", days)

        assert Post.objects.count() == left

    @pytest.mark.parametrize("days", ["-1", "99999999999", "soon"])
    def test_refuses_what_is_no_number_of_days(self, days):
        PostFactory(**deleted(days=1))

        with pytest.raises(CommandError):
            call_command("purge_deleted", f"--days={days}")

        assert Post.objects.count() == 1
