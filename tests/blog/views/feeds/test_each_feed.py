from datetime import UTC, datetime

import pytest
from django.utils import timezone

from blog.models import Comment
from tests.factories import CommentFactory, PostFactory, UserFactory

from .reading import read

EDITED = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)


@pytest.mark.django_db
class TestSiteFeed:
    def test_leaves_out_hidden_and_deleted_posts(self, client):
        PostFactory(is_hidden=True)
        PostFactory(deleted_at=timezone.now())
        post = PostFactory()

        entries = read(client, "/feed/").entries

        assert [entry.link for entry in entries] == [
            f"http://testserver{post.get_absolute_url()}"
        ]


class TestMemberFeed:
    def test_shows_their_posts_alone_even_to_them(self, as_alice, alice):
        PostFactory()
        PostFactory(author=alice, is_hidden=True)
        post = PostFactory(author=alice)

        parsed = read(as_alice, "/user/alice/feed/")

        assert [entry.link for entry in parsed.entries] == [
            f"http://testserver{post.get_absolute_url()}"
        ]

    def test_keeps_its_id_when_its_owner_takes_another_name(self, client, cast):
        before = read(client, "/user/cast/feed/").feed.id

        type(cast).objects.filter(pk=cast.pk).update(username="other")

        assert read(client, "/user/other/feed/").feed.id == before

    def test_leads_from_another_case_to_the_right_name(self, client, cast):
        response = client.get("/user/CAST/feed/?x=1")

        assert response.status_code == 301
        assert response.url == "/user/cast/feed/?x=1"

    def test_leads_from_a_former_name_to_the_present_one(self, client, cast):
        cast.former_usernames.create(username="before")

        response = client.get("/user/before/feed/")

        assert response.status_code == 302
        assert response.url == "/user/cast/feed/"

    def test_is_404_for_who_is_unconfirmed_gone_or_nobody(self, client, newcomer):
        UserFactory(username="gone", is_active=False)

        for name in ("newcomer", "gone", "nobody"):
            assert client.get(f"/user/{name}/feed/").status_code == 404


class TestCommentFeed:
    @pytest.mark.parametrize(
        "state",
        [{"is_hidden": True}, {"deleted_at": EDITED}],
        ids=["hidden", "deleted"],
    )
    def test_is_404_with_its_post_for_everybody(
        self, client, as_alice, as_moderator, alice, state
    ):
        comment = CommentFactory(post=PostFactory(author=alice, **state))

        for reader in (client, as_alice, as_moderator):
            address = f"/post/{comment.post_id}/feed/"
            assert reader.get(address).status_code == 404

    @pytest.mark.django_db
    def test_is_404_for_a_post_that_is_not(self, client):
        assert client.get("/post/1/feed/").status_code == 404
        assert client.get("/post/99999999999999999999/feed/").status_code == 404

    def test_leaves_out_what_is_disabled_deleted_or_said_elsewhere(self, client, db):
        post = PostFactory()
        CommentFactory()
        CommentFactory(post=post, is_disabled=True)
        CommentFactory(post=post, deleted_at=EDITED)
        comment = CommentFactory(post=post)

        [entry] = read(client, f"/post/{post.pk}/feed/").entries

        assert entry.id.endswith(f":comment/{comment.pk}")
        assert entry.link.endswith(f"#comment-{comment.pk}")

    def test_leads_to_the_page_that_a_comment_is_on(self, client, db):
        post = PostFactory()
        comments = CommentFactory.create_batch(33, post=post)
        states = {3: {"deleted_at": EDITED}, 31: {"is_disabled": True}}
        for index, state in states.items():
            Comment.objects.filter(pk=comments[index].pk).update(**state)

        entries = read(client, f"/post/{post.pk}/feed/").entries

        assert len(entries) == 20
        for entry in entries:
            page = client.get(entry.link.removeprefix("http://testserver"))
            assert f'id="{entry.link.partition("#")[2]}"' in page.content.decode()
        assert "?page=2#" in entries[0].link
        assert "?page" not in entries[2].link

    def test_says_what_the_comments_are_on(self, client, db):
        post = PostFactory(author__name="Ada", body="First line\n\nSecond")

        title = read(client, f"/post/{post.pk}/feed/").feed.title

        assert title == "Comments on \u2068Ada\u2069: First line"
