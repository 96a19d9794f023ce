import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts import roles
from accounts.exceptions import AboveYourself
from accounts.models import Decision
from accounts.services import Ruling, assign_role
from blog import services
from blog.models import Comment, Post
from tests.factories import CommentFactory, PostFactory, UserFactory


@pytest.fixture
def ruling(moderator):
    return Ruling(actor=moderator, reason="Spam.")


@pytest.mark.django_db
class TestHidePosts:
    def test_hides_and_records_each(self, ruling, alice, moderator):
        post = PostFactory(author=alice)

        (decision,) = services.hide_posts(ruling=ruling, posts=[post])

        assert list(Post.objects.filter(is_hidden=True)) == [post]
        assert decision == Decision.objects.get()
        assert (decision.actor, decision.member) == (moderator, alice)
        assert (decision.kind, decision.target_id) == ("hide_post", post.pk)
        assert decision.before == {"is_hidden": False}

    def test_leaves_alone_what_is_hidden_or_gone(self, ruling):
        hidden = PostFactory(is_hidden=True)
        deleted = PostFactory(deleted_at=timezone.now())
        purged = Post(id=1_000_000)

        decisions = services.hide_posts(ruling=ruling, posts=[hidden, deleted, purged])

        assert decisions == []
        assert not Decision.objects.exists()

    def test_hides_none_when_one_is_of_somebody_higher(self, ruling, administrator):
        posts = [PostFactory(), PostFactory(author=administrator)]

        with pytest.raises(AboveYourself):
            services.hide_posts(ruling=ruling, posts=posts)

        assert not Post.objects.filter(is_hidden=True).exists()

    def test_refuses_who_is_no_moderator_any_more(self, ruling, moderator):
        assign_role(user=moderator, role=roles.USER)

        with pytest.raises(PermissionDenied):
            services.hide_posts(ruling=ruling, posts=[PostFactory()])


@pytest.mark.django_db
class TestRestorePosts:
    def test_makes_them_public_again(self, ruling):
        post = PostFactory(is_hidden=True)

        services.restore_posts(ruling=ruling, posts=[post])

        assert list(Post.objects.public()) == [post]


@pytest.mark.django_db
class TestDisableComments:
    def test_takes_the_text_away_from_readers(self, ruling, bob):
        comment = CommentFactory()

        services.disable_comments(ruling=ruling, comments=[comment])

        assert not Comment.objects.visible_to(bob).exists()
        comment.post.refresh_from_db()
        assert comment.post.comment_count == 0

    def test_costs_one_query_more_for_a_hundred_more(
        self, ruling, django_assert_max_num_queries
    ):
        author, post = UserFactory(), PostFactory()
        comments = CommentFactory.create_batch(250, post=post, author=author)

        # Beside those around the transaction and its savepoints, which are four.
        with django_assert_max_num_queries(10 + 3 + 4):
            decisions = services.disable_comments(ruling=ruling, comments=comments)

        assert len(decisions) == 250


@pytest.mark.django_db
class TestEnableComments:
    def test_gives_the_text_back(self, ruling, bob):
        comment = CommentFactory(is_disabled=True)

        services.enable_comments(ruling=ruling, comments=[comment])

        assert list(Comment.objects.visible_to(bob)) == [comment]


@pytest.mark.django_db
class TestInterventions:
    def test_are_recorded_with_what_was_there(self, administrator, alice):
        post = PostFactory(author=alice, body="Mine")

        services.edit_post(post=post, body="Better", actor=administrator)

        decision = Decision.objects.get()
        assert (decision.kind, decision.member) == ("edit_post", alice)
        assert decision.before == {"body": "Mine"}

    def test_are_recorded_for_comments_and_deletions_too(self, administrator):
        comment = CommentFactory()

        services.edit_comment(comment=comment, body="Better", actor=administrator)
        services.delete_comment(comment=comment, actor=administrator)
        services.delete_post(post=comment.post, actor=administrator)
        services.delete_post(post=comment.post, actor=administrator)

        kinds = Decision.objects.order_by("id").values_list("kind", flat=True)
        assert list(kinds) == ["edit_comment", "delete_comment", "delete_post"]

    def test_are_none_when_the_author_does_it(self, alice):
        post = PostFactory(author=alice)

        services.edit_post(post=post, body="Better", actor=alice)
        services.delete_post(post=post, actor=alice)

        assert not Decision.objects.exists()
