"""What is not sent again, and what is not written over."""

import pytest

from accounts.models import Decision
from blog import services
from tests.factories import CommentFactory, FollowFactory, PostFactory

PROBLEM = "application/problem+json"


@pytest.mark.django_db
class TestConditions:
    @pytest.fixture
    def url(self, alice):
        return f"posts/{PostFactory(author=alice).pk}"

    @pytest.mark.parametrize("method", ["GET", "HEAD"])
    def test_send_nothing_that_is_there_already(self, anybody, url, method):
        etag = anybody.get(url)["ETag"]

        response = anybody.generic(method, url, headers={"If-None-Match": etag})

        assert (response.status_code, response.content) == (304, b"")
        assert response["ETag"] == etag

    @pytest.mark.parametrize("what", ["", "comments/"])
    def test_cost_at_most_two_queries_when_nothing_changed(
        self, anybody, url, what, django_assert_max_num_queries
    ):
        url = f"{url}/{what}"
        CommentFactory.create_batch(3, post_id=int(url.split("/")[1]))
        etag = anybody.get(url)["ETag"]

        with django_assert_max_num_queries(2):
            response = anybody.get(url, headers={"If-None-Match": etag})

        assert response.status_code == 304

    @pytest.mark.parametrize("path", ["posts/", "comments/", "users/"])
    def test_cost_at_most_two_queries_for_lists(
        self, anybody, path, django_assert_max_num_queries
    ):
        CommentFactory.create_batch(3)
        etag = anybody.get(path)["ETag"]

        with django_assert_max_num_queries(2):
            response = anybody.get(path, headers={"If-None-Match": etag})

        assert response.status_code == 304

    @pytest.mark.parametrize(
        "path",
        [
            *("", "posts/", "comments/", "users/", "users/me"),
            *("posts/{post}", "posts/{post}/comments/", "comments/{comment}"),
            *("users/{bob}", "users/{bob}/posts/", "users/{alice}/timeline/"),
            *("users/{bob}/followers/", "users/{bob}/following/"),
            *("posts/?author=bob", "comments/?author=Bob", "posts/?author=nobody"),
            *(
                "posts/?author=bob&since=2020-01-01T00:00Z",
                "posts/?until=2090-01-01T00:00Z",
            ),
        ],
    )
    @pytest.mark.parametrize("is_empty", [False, True])
    def test_cost_no_more_than_two_with_a_token(
        self, alice_api, alice, bob, path, is_empty, django_assert_max_num_queries
    ):
        post = PostFactory()
        comment = CommentFactory(author=alice)
        if not is_empty:
            post = PostFactory(author=bob)
            CommentFactory(post=post, author=bob)
            FollowFactory(follower=alice, followed=bob)
            FollowFactory(follower=bob, followed=alice)
        path = path.format(post=post.pk, comment=comment.pk, alice=alice.pk, bob=bob.pk)
        etag = alice_api.get(path)["ETag"]

        with django_assert_max_num_queries(2):
            response = alice_api.get(path, headers={"If-None-Match": etag})

        assert response.status_code == 304

    def test_change_with_what_is_shown(self, anybody, url):
        etag = anybody.get(url)["ETag"]
        CommentFactory(post_id=int(url.split("/")[1]))

        response = anybody.get(url, headers={"If-None-Match": etag})

        assert response.status_code == 200
        assert response["ETag"] != etag

    @pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
    def test_stop_writes_over_another_state(self, alice_api, url, method):
        etag = alice_api.get(url)["ETag"]
        alice_api.send("PUT", url, {"body": "From another window"})

        response = alice_api.send(method, url, {"body": "New"}, If_Match=etag)

        assert response.status_code == 412
        assert response["Content-Type"] == PROBLEM
        assert alice_api.get(url).json()["body"] == "From another window"

    @pytest.mark.parametrize("kind", ["posts", "comments"])
    def test_stop_deleting_what_changed_a_moment_ago(
        self, alice_api, alice, kind, monkeypatch
    ):
        text = (PostFactory if kind == "posts" else CommentFactory)(author=alice)
        url = f"{kind}/{text.pk}"
        name = f"delete_{kind.removesuffix('s')}"
        delete = getattr(services, name)

        def be_late(**wanted):
            type(text).objects.filter(pk=text.pk).update(body="From another window")
            delete(**wanted)

        monkeypatch.setattr(services, name, be_late)
        response = alice_api.send("DELETE", url, If_Match=alice_api.get(url)["ETag"])

        assert response.status_code == 412
        assert alice_api.get(url).json()["body"] == "From another window"

    @pytest.mark.parametrize(
        "act", ["posts/1/hide", "posts/1/restore", "comments/1/disable"]
    )
    def test_stop_decisions_about_another_state(self, moderator_api, act):
        CommentFactory(id=1, post=PostFactory(id=1))

        response = moderator_api.send(
            "POST", act, {"reason": "Spam"}, If_Match='"other"'
        )

        assert response.status_code == 412
        assert not Decision.objects.exists()

    @pytest.mark.parametrize("tag", ["*", "{}", '"other", W/{}'])
    def test_stop_writes_that_want_nothing_to_be_there(self, alice_api, url, tag):
        etag = alice_api.get(url)["ETag"]

        response = alice_api.send(
            "PUT", url, {"body": "New"}, If_None_Match=tag.format(etag)
        )

        assert response.status_code == 412
        assert alice_api.get(url)["ETag"] == etag

    @pytest.mark.parametrize("tag", ['"', "none", '"other"', "W/*"])
    def test_stop_writes_over_a_state_that_is_none(self, alice_api, url, tag):
        response = alice_api.send("PUT", url, {"body": "New"}, If_Match=tag)

        assert response.status_code == 412

    @pytest.mark.parametrize("tag", ["{}", "W/{}", '"other", {}', "*"])
    def test_let_writes_over_the_named_state_through(self, alice_api, url, tag):
        etag = alice_api.get(url)["ETag"]

        response = alice_api.send(
            "PUT", url, {"body": "New"}, If_Match=tag.format(etag)
        )

        assert response.status_code == 200
        assert response.json()["body"] == "New"

    def test_stop_reads_of_another_state(self, anybody, url):
        response = anybody.get(url, headers={"If-Match": '"other"'})

        assert response.status_code == 412
        assert response["Content-Type"] == PROBLEM
