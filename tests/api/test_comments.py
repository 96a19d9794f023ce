import pytest

from blog.models import Comment
from tests.factories import CommentFactory, PostFactory

HOST = "http://testserver/api/v1"


@pytest.mark.django_db
class TestThread:
    def test_shows_what_was_said_oldest_first(self, anybody, alice):
        post = PostFactory()
        first, second = (CommentFactory(post=post, author=alice) for _ in range(2))

        answer = anybody.get(f"posts/{post.pk}/comments/").json()

        assert answer["count"] == 2
        assert [row["id"] for row in answer["results"]] == [first.pk, second.pk]
        assert answer["results"][0] == {
            "id": first.pk,
            "url": f"{HOST}/comments/{first.pk}",
            "post_url": f"{HOST}/posts/{post.pk}",
            "body": first.body,
            "body_html": first.body_html,
            "created_at": first.created_at.isoformat().replace("+00:00", "Z"),
            "edited_at": None,
            "author_url": f"{HOST}/users/{alice.pk}",
            "author": "alice",
            "disabled": False,
        }

    @pytest.mark.parametrize("number", [1, 100])
    def test_costs_one_query(self, anybody, number, django_assert_num_queries):
        post = PostFactory()
        CommentFactory.create_batch(number, post=post)

        with django_assert_num_queries(1):  # rows, with the post beside
            anybody.get(f"posts/{post.pk}/comments/", {"page_size": 100})

    def test_keeps_the_place_of_a_disabled_comment_and_its_text_to_few(
        self, anybody, alice_api, bob_api, moderator_api, alice
    ):
        comment = CommentFactory(author=alice, body="A secret", is_disabled=True)
        path = f"posts/{comment.post_id}/comments/"

        read = {
            name: client.get(path).json()["results"][0]
            for name, client in {
                "anybody": anybody,
                "bob": bob_api,
                "alice": alice_api,
                "moderator": moderator_api,
            }.items()
        }

        assert all(row["disabled"] for row in read.values())
        assert {name for name, row in read.items() if row["body"]} == {
            "alice",
            "moderator",
        }
        assert read["bob"]["body_html"] is None

    def test_takes_a_comment(self, alice_api, alice):
        post = PostFactory()

        response = alice_api.send("POST", f"posts/{post.pk}/comments/", {"body": "Hi"})

        comment = Comment.objects.get()
        assert response.status_code == 201
        assert response["Location"] == f"{HOST}/comments/{comment.pk}"
        assert (comment.author, comment.post, comment.body) == (alice, post, "Hi")

    def test_is_not_there_beneath_a_hidden_post(self, anybody, bob_api):
        path = f"posts/{PostFactory(is_hidden=True).pk}/comments/"

        assert anybody.get(path).status_code == 404
        assert bob_api.send("POST", path, {"body": "Hi"}).status_code == 404


@pytest.mark.django_db
class TestList:
    def test_shows_what_everybody_may_read_newest_first(
        self, anybody, moderator_api, alice
    ):
        old, new = CommentFactory(author=alice), CommentFactory()
        CommentFactory(is_disabled=True)
        CommentFactory(post=PostFactory(is_hidden=True))

        for client in (anybody, moderator_api):
            answer = client.get("comments/").json()
            assert [row["id"] for row in answer["results"]] == [new.pk, old.pk]

        answer = anybody.get("comments/", {"author": "ALICE"}).json()
        assert [row["id"] for row in answer["results"]] == [old.pk]

    @pytest.mark.parametrize("number", [1, 100])
    def test_costs_one_query(self, anybody, number, django_assert_num_queries):
        CommentFactory.create_batch(number)

        with django_assert_num_queries(1):  # rows, with their count beside
            anybody.get("comments/", {"page_size": 100})


@pytest.mark.django_db
class TestComment:
    def test_is_read_changed_and_deleted(self, alice_api, alice, anybody):
        url = f"comments/{CommentFactory(author=alice).pk}"

        assert anybody.get(url).status_code == 200
        assert alice_api.send("PUT", url, {"body": "New"}).json()["body"] == "New"
        assert alice_api.send("PATCH", url, {}).json()["body"] == "New"
        statuses = [alice_api.send("DELETE", url).status_code for _time in range(2)]
        assert statuses == [204, 204]
        assert anybody.get(url).status_code == 404

    def test_is_not_changed_by_somebody_else(self, bob_api):
        url = f"comments/{CommentFactory().pk}"

        assert bob_api.send("PUT", url, {"body": "New"}).status_code == 403
        assert bob_api.send("DELETE", url).status_code == 403

    def test_is_not_written_over_another_state(self, alice_api, alice):
        url = f"comments/{CommentFactory(author=alice).pk}"
        etag = alice_api.get(url)["ETag"]
        first = alice_api.send("PUT", url, {"body": "First"}, If_Match=etag)

        second = alice_api.send("PUT", url, {"body": "Second"}, If_Match=etag)

        assert (first.status_code, second.status_code) == (200, 412)

    def test_is_kept_from_others_when_it_is_disabled(
        self, alice_api, bob_api, moderator_api, alice
    ):
        url = f"comments/{CommentFactory(author=alice, is_disabled=True).pk}"

        statuses = [
            client.get(url).status_code
            for client in (bob_api, alice_api, moderator_api)
        ]

        assert statuses == [404, 200, 200]

    def test_is_disabled_and_enabled_by_moderators(
        self, moderator_api, alice_api, anybody
    ):
        url = f"comments/{CommentFactory().pk}"
        reason = {"reason": "Unkind"}

        assert alice_api.send("POST", f"{url}/disable", reason).status_code == 403
        for _time in range(2):
            answer = moderator_api.send("POST", f"{url}/disable", reason)
            assert answer.json()["disabled"] is True
        assert anybody.get(url).status_code == 404
        moderator_api.send("POST", f"{url}/enable", reason)
        assert anybody.get(url).status_code == 200
