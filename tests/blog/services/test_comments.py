import pytest
from django.db import IntegrityError
from django.utils import timezone

from accounts.models import User
from blog import services
from blog.exceptions import AuthorGone, CommentGone, CommentsClosed, PostGone
from blog.models import Comment, Post
from blog.services.rows import author_kept
from flasky_site.lib.merging import ChangedMeanwhile
from tests.blog.test_triggers import assert_counts_are_right
from tests.factories import CommentFactory, PostFactory, UserFactory


@pytest.fixture
def post():
    return PostFactory()


@pytest.fixture
def comment(post):
    return CommentFactory(post=post, body="One")


@pytest.mark.django_db
class TestCreateComment:
    def test_publishes_what_was_written(self, post, bob):
        comment = services.create_comment(author=bob, post=post, body="*a*")

        comment.refresh_from_db()
        assert (comment.author, comment.post, comment.body) == (bob, post, "*a*")
        assert comment.body_html == "<p><em>a</em></p>\n"
        assert_counts_are_right()

    @pytest.mark.parametrize(
        ("change", "refusal"),
        [
            ({"is_closed": True}, CommentsClosed),
            ({"is_hidden": True}, CommentsClosed),
            ({"deleted_at": timezone.now()}, PostGone),
        ],
    )
    def test_refuses_what_comes_a_second_too_late(self, post, bob, change, refusal):
        Post.objects.filter(pk=post.pk).update(**change)

        with pytest.raises(refusal):
            services.create_comment(author=bob, post=post, body="a")

        assert not Comment.objects.exists()

    def test_says_that_a_post_is_gone_whose_row_is(self, post, bob):
        Post.objects.filter(pk=post.pk).delete()

        with pytest.raises(PostGone):
            services.create_comment(author=bob, post=post, body="a")


@pytest.mark.django_db(transaction=True)
class TestAuthorGone:
    def test_is_what_somebody_reads_whose_account_was_just_deleted(self):
        author, post = UserFactory(), PostFactory()
        User.objects.filter(pk=author.pk).delete()

        with pytest.raises(AuthorGone):
            services.create_comment(author=author, post=post, body="a")
        with pytest.raises(AuthorGone):
            services.create_post(author=author, body="a")

        assert not Comment.objects.exists()
        assert_counts_are_right()

    def test_is_not_what_somebody_reads_when_something_else_is_wrong(self, alice):
        there = PostFactory()

        with pytest.raises(IntegrityError), author_kept(alice):
            Post.objects.create(id=there.pk, author=alice, body="a")


@pytest.mark.django_db
class TestEditComment:
    def test_replaces_the_text_and_notes_when(self, comment):
        services.edit_comment(comment=comment, body="*Two*", seen="One")

        comment.refresh_from_db()
        assert comment.body_html == "<p><em>Two</em></p>\n"
        assert comment.edited_at is not None
        assert_counts_are_right()

    def test_leaves_the_moment_when_the_text_stays(self, comment):
        assert services.edit_comment(comment=comment, body="One").edited_at is None

    def test_refuses_to_write_over_a_change_that_nobody_saw(self, comment):
        services.edit_comment(comment=comment, body="From the other tab")

        with pytest.raises(ChangedMeanwhile):
            services.edit_comment(comment=comment, body="Mine", seen="One")

    @pytest.mark.parametrize("model", [Comment, Post])
    def test_says_that_it_is_gone_with_or_without_its_post(self, comment, model):
        model.objects.update(deleted_at=timezone.now())

        with pytest.raises(CommentGone):
            services.edit_comment(comment=comment, body="Two")


@pytest.mark.django_db
class TestDeleteComment:
    def test_takes_it_out_of_its_thread_and_keeps_it(self, comment, post):
        services.delete_comment(comment=comment)

        post.refresh_from_db()
        assert (post.comment_count, post.thread_length) == (0, 0)
        assert Comment.objects.get().is_deleted
        assert_counts_are_right()

    def test_keeps_what_is_not_as_somebody_saw_it(self, comment):
        with pytest.raises(ChangedMeanwhile):
            services.delete_comment(comment=comment, seen="Zero")

        assert not Comment.objects.get().is_deleted

    def test_leaves_the_moment_when_it_is_done_twice(self, comment):
        services.delete_comment(comment=comment)
        deleted_at = Comment.objects.get().deleted_at

        services.delete_comment(comment=comment)

        assert Comment.objects.get().deleted_at == deleted_at
