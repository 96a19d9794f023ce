from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from blog import cards
from blog.models import Comment, Post
from flasky_site.lib import fragments
from tests.factories import CommentFactory, PostFactory


def card_of(post):
    [found] = Post.objects.filter(pk=post.pk).with_card()
    [card] = cards.show_posts([found], "2")
    return card


def watch(monkeypatch, name):
    """Return a list of the cards that ``name`` is given to keep."""
    given, kept = [], getattr(cards, name)
    monkeypatch.setattr(
        kept, "each", lambda rows: [given.append(row) or kept.make(row) for row in rows]
    )
    return given


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
        hidden = PostFactory(author=bob, is_hidden=True)
        made = watch(monkeypatch, "_post_card")

        assert "Hidden" in card_of(hidden)
        assert not made

    def test_keeps_hidden_ones_in_their_place(self, bob):
        posts = PostFactory.create_batch(3, author=bob)
        posts[1].is_hidden = True

        shown = [*cards.show_posts(posts, "2")]

        for post, card in zip(posts, shown, strict=True):
            assert f'id="post-{post.pk}"' in card
        assert ["Hidden" in card for card in shown] == [False, True, False]

    def test_follows_where_pictures_come_from(self, bob, settings):
        post = PostFactory(author=bob)
        assert "/avatar/" in card_of(post)

        settings.AVATARS = "gravatar"

        assert "gravatar.com" in card_of(post)


@pytest.mark.django_db
class TestTitle:
    def test_keeps_nothing_of_what_is_hidden(self, bob, monkeypatch):
        hidden, shown = PostFactory(author=bob, is_hidden=True), PostFactory(author=bob)
        kept = []
        monkeypatch.setattr(
            fragments._store, "keep", lambda _key, part, _size: kept.append(part)
        )

        titles = cards.show_title(hidden), cards.show_title(shown)

        assert kept == [titles[1]]


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

    def test_keep_a_tombstone_but_never_what_it_hides(
        self, alice, bob, moderator, monkeypatch
    ):
        comment = CommentFactory(author=alice, body="secret", is_disabled=True)
        made = watch(monkeypatch, "_comment_card")

        pages = [comments_for(who, comment.post)[0] for who in (alice, bob, moderator)]

        assert ["secret" in page for page in pages] == [True, False, True]
        assert [card.html for card in made] == [None]
