"""Kept pages: every way in which they must go."""

import pytest

from accounts import services as accounts
from accounts.services import Ruling
from blog import services as blog
from social import services as social
from tests.factories import CommentFactory, PostFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_pages")]


def hide(cast, by):
    blog.hide_posts(ruling=Ruling(actor=by, reason=""), posts=cast.posts.all())


def suspend_and_hide(cast, by):
    blog.suspend_authors(
        ruling=Ruling(actor=by, reason=""),
        members=[cast],
        until=None,
        hides_posts=True,
    )


def disable(cast, by):
    comments = cast.comments.all()
    blog.disable_comments(ruling=Ruling(actor=by, reason=""), comments=comments)


def unconfirm(cast, by):
    accounts.unconfirm_members(ruling=Ruling(actor=by, reason=""), members=[cast])


def delete_post(cast, by):
    blog.delete_post(post=cast.posts.get())


def delete_comment(cast, by):
    blog.delete_comment(comment=cast.comments.get())


def edit_post(cast, by):
    blog.edit_post(post=cast.posts.get(), body="Tidied.", actor=by)


def edit_comment(cast, by):
    blog.edit_comment(comment=cast.comments.get(), body="Tidied.", actor=by)


def edit_member(cast, by):
    seen = {"about_me": cast.about_me}
    accounts.edit_member(actor=by, member=cast, wanted={"about_me": ""}, seen=seen)


def delete_member(cast, by):
    social.delete_member(actor=by, member=cast)


class TestForgetting:
    """What must go at once: by which act, from which page, and which words."""

    @pytest.fixture
    def cast(self):
        cast = UserFactory(username="cast", about_me="aboutmark")
        post = PostFactory(id=1, author=cast, body="postmark")
        CommentFactory(post=post, author=cast, body="commentmark")
        return cast

    @pytest.mark.parametrize(
        ("act", "address", "mark"),
        [
            (hide, "/", "postmark"),
            (hide, "/post/1/", "postmark"),
            (hide, "/user/cast/", "postmark"),
            (hide, "/feed/", "postmark"),
            (hide, "/user/cast/feed/", "postmark"),
            (suspend_and_hide, "/", "postmark"),
            (disable, "/post/1/", "commentmark"),
            (disable, "/post/1/feed/", "commentmark"),
            (delete_post, "/", "postmark"),
            (delete_post, "/post/1/", "postmark"),
            (delete_comment, "/post/1/", "commentmark"),
            (edit_post, "/post/1/", "postmark"),
            (edit_comment, "/post/1/", "commentmark"),
            (edit_member, "/user/cast/", "aboutmark"),
            (unconfirm, "/user/cast/", "aboutmark"),
            (unconfirm, "/people/", "cast"),
            (delete_member, "/", "postmark"),
            (delete_member, "/user/cast/", "aboutmark"),
            (delete_member, "/people/", "cast"),
        ],
    )
    def test_takes_what_somebody_took_away_from_every_page(
        self,
        act,
        address,
        mark,
        cast,
        client,
        administrator,
        django_capture_on_commit_callbacks,
    ):
        assert mark in client.get(address).content.decode()
        assert mark in client.get(address).content.decode()

        with django_capture_on_commit_callbacks(execute=True):
            act(cast, administrator)

        assert mark not in client.get(address).content.decode()

    @pytest.mark.parametrize("kind", ["post", "comment"])
    def test_lets_what_is_restored_be_seen_at_once(
        self, kind, cast, client, moderator, django_capture_on_commit_callbacks
    ):
        cast.posts.update(is_hidden=kind == "post")
        cast.comments.update(is_disabled=kind == "comment")
        ruling = Ruling(actor=moderator, reason="")
        assert f"{kind}mark" not in client.get("/post/1/").content.decode()

        with django_capture_on_commit_callbacks(execute=True):
            blog.restore_posts(ruling=ruling, posts=cast.posts.all())
            blog.enable_comments(ruling=ruling, comments=cast.comments.all())

        assert f"{kind}mark" in client.get("/post/1/").content.decode()

    def test_takes_a_picture_away_with_its_file(
        self, cast, client, django_capture_on_commit_callbacks
    ):
        type(cast).objects.filter(pk=cast.pk).update(avatar="0" * 32)
        cast.refresh_from_db()
        assert "0" * 32 in client.get("/user/cast/").content.decode()

        with django_capture_on_commit_callbacks(execute=True):
            accounts.remove_avatar(user=cast)

        assert "0" * 32 not in client.get("/user/cast/").content.decode()

    def test_waits_for_the_commit(self, cast, client):
        client.get("/")
        # Nothing is committed in a test without its callbacks.
        blog.delete_post(post=cast.posts.get())

        assert "postmark" in client.get("/").content.decode()
