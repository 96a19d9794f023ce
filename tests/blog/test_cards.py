from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from blog import cards
from blog.models import Comment, Post
from tests.factories import CommentFactory, PostFactory


def card_of(post):
    [found] = Post.objects.filter(pk=post.pk).with_card()
    return cards.show_post(found, "2")


def comments_for(viewer, post):
    found = Comment.objects.filter(post=post).select_related("author").order_by("id")
    return [*cards.show_comments(found.with_readable_html(viewer), viewer)]


@pytest.mark.django_db
class TestPostCard:
    @pytest.mark.parametrize(
        ("change", "shown"),
        [
            (lambda post: Post.objects.filter(pk=post.pk).update(body="New"), "New"),
            (
                lambda post: User.objects.filter(pk=post.author_id).update(name="Ann"),
                "<bdi>Ann</bdi>",
            ),
            (
                lambda post: User.objects.filter(pk=post.author_id).update(
                    avatar="0" * 32
                ),
                "0" * 32,
            ),
            (lambda post: CommentFactory(post=post), "1 comment"),
            (
                lambda post: Post.objects.filter(pk=post.pk).update(
                    edited_at=timezone.now()
                ),
                "edited",
            ),
            (
                lambda post: Post.objects.filter(pk=post.pk).update(
                    created_at=timezone.now() - timedelta(hours=2)
                ),
                "2\xa0hours ago",
            ),
        ],
    )
    def test_shows_at_once_what_has_changed(self, change, shown, bob):
        post = PostFactory(author=bob)
        assert shown not in card_of(post)

        change(post)

        assert shown in card_of(post)

    def test_grows_older_with_the_clock(self, monkeypatch, bob):
        post, now = PostFactory(author=bob), timezone.now()
        assert "just now" in card_of(post)

        monkeypatch.setattr(timezone, "now", lambda: now + timedelta(minutes=3))

        assert "3\xa0minutes ago" in card_of(post)

    def test_keeps_nothing_of_what_is_hidden(self, bob, monkeypatch):
        monkeypatch.setattr(cards, "_post_card", lambda card: pytest.fail("Kept."))

        assert "Hidden" in card_of(PostFactory(author=bob, is_hidden=True))


@pytest.mark.django_db
class TestCommentCards:
    def test_show_each_reader_what_they_may_do(self, alice, bob, moderator):
        comment = CommentFactory(author=alice)
        seen = {}
        # Twice and by turns, so that each gets what was kept for somebody.
        for _ in range(2):
            for viewer in (alice, bob, moderator):
                [seen[viewer.username]] = comments_for(viewer, comment.post)

        edit, disable = f"/comment/{comment.pk}/edit/", f"{comment.pk}/disable/"
        assert edit in seen["alice"]
        assert disable not in seen["alice"]
        assert edit not in seen["bob"]
        assert disable not in seen["bob"]
        assert disable in seen["marta"]
        assert edit not in seen["marta"]

    def test_keep_a_disabled_text_from_others_at_once(self, alice, bob):
        comment = CommentFactory(author=alice, body="secret")
        assert "secret" in comments_for(bob, comment.post)[0]

        Comment.objects.filter(pk=comment.pk).update(is_disabled=True)

        assert "secret" in comments_for(alice, comment.post)[0]
        assert "secret" not in comments_for(bob, comment.post)[0]
