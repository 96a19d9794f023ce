from datetime import timedelta

import pytest
from django.utils import timezone

from blog import services
from blog.exceptions import PostGone
from blog.models import Comment, Post
from flasky_site.lib.merging import ChangedMeanwhile
from tests.blog.test_triggers import assert_counts_are_right
from tests.factories import CommentFactory, PostFactory


@pytest.fixture
def post(alice):
    return PostFactory(author=alice, body="One")


@pytest.fixture
def gone(alice):
    return PostFactory(author=alice, body="One", deleted_at=timezone.now())


@pytest.mark.django_db
class TestCreatePost:
    def test_publishes_what_was_written(self, alice):
        post = services.create_post(author=alice, body="*a*")

        post.refresh_from_db()
        assert (post.author, post.body) == (alice, "*a*")
        assert post.body_html == "<p><em>a</em></p>\n"
        assert not post.is_hidden


@pytest.mark.django_db
class TestEditPost:
    def test_replaces_the_text_and_notes_when(self, post):
        saved = services.edit_post(post=post, body="*Two*", seen="One")

        post.refresh_from_db()
        assert (post.body, post.body_html) == ("*Two*", "<p><em>Two</em></p>\n")
        assert timezone.now() - post.edited_at < timedelta(minutes=1)
        assert saved == post
        assert saved.edited_at == post.edited_at

    @pytest.mark.parametrize("stored", ["One", "One\r\n\n", "\n  \nOne  "])
    @pytest.mark.parametrize("seen", ["One", "One\r\n", None])
    def test_leaves_the_moment_when_the_text_stays(self, post, stored, seen):
        Post.objects.filter(pk=post.pk).update(body=stored)

        services.edit_post(post=post, body="One", seen=seen)

        post.refresh_from_db()
        assert (post.body, post.edited_at) == (stored, None)

    def test_leaves_the_moment_when_it_is_sent_twice(self, post):
        first = services.edit_post(post=post, body="Two", seen="One")
        second = services.edit_post(post=post, body="Two", seen="One")

        assert second.edited_at == first.edited_at

    def test_refuses_to_write_over_a_change_that_nobody_saw(self, post):
        services.edit_post(post=post, body="From the other tab")

        with pytest.raises(ChangedMeanwhile) as caught:
            services.edit_post(post=post, body="Mine", seen="One")

        assert caught.value.current == {"body": "From the other tab"}

    def test_keeps_a_change_that_whoever_saves_did_not_touch(self, post):
        services.edit_post(post=post, body="From the other tab")

        saved = services.edit_post(post=post, body="One", seen="One")

        assert saved.body == "From the other tab"

    def test_replaces_whatever_is_there_for_who_saw_nothing(self, post):
        Post.objects.filter(pk=post.pk).update(body="Another")

        assert services.edit_post(post=post, body="Mine").body == "Mine"

    def test_says_that_a_deleted_post_is_gone(self, gone):
        with pytest.raises(PostGone):
            services.edit_post(post=gone, body="Two")

    def test_leaves_every_other_column_as_it_is(self, post):
        Post.objects.filter(pk=post.pk).update(is_hidden=True, is_closed=True)

        services.edit_post(post=post, body="Two")

        post.refresh_from_db()
        assert post.is_hidden
        assert post.is_closed


@pytest.mark.django_db
class TestDeletePost:
    def test_takes_it_out_of_sight_and_keeps_it(self, post):
        CommentFactory.create_batch(2, post=post)

        services.delete_post(post=post)

        assert not Post.objects.public().exists()
        assert not Comment.objects.public().exists()
        assert Comment.objects.count() == 2
        assert_counts_are_right()

    def test_keeps_what_is_not_as_somebody_saw_it(self, post):
        with pytest.raises(ChangedMeanwhile):
            services.delete_post(post=post, seen="Zero")
        services.delete_post(post=post, seen="One")
        services.delete_post(post=post, seen="Zero")

        assert Post.objects.get().is_deleted

    def test_leaves_the_moment_when_it_is_done_twice(self, gone):
        services.delete_post(post=gone)

        assert Post.objects.get().deleted_at == gone.deleted_at


@pytest.mark.django_db
class TestCloseAndOpenComments:
    def test_turn_it_each_way_and_twice_is_once(self, post):
        for change, is_closed in (
            (services.close_comments, True),
            (services.close_comments, True),
            (services.open_comments, False),
            (services.open_comments, False),
        ):
            change(post=post)
            assert Post.objects.get(pk=post.pk).is_closed is is_closed

    def test_say_that_a_deleted_post_is_gone(self, gone):
        for change in (services.close_comments, services.open_comments):
            with pytest.raises(PostGone):
                change(post=gone)
