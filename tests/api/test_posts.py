import pytest

from blog.models import Post
from tests.factories import CommentFactory, PostFactory

HOST = "http://testserver/api/v1"


@pytest.mark.django_db
class TestCreate:
    def test_publishes_what_was_sent(self, alice_api, alice):
        response = alice_api.send("POST", "posts/", {"body": "From *afar*."})

        post = Post.objects.get()
        assert response.status_code == 201
        assert response["Location"] == f"{HOST}/posts/{post.pk}"
        assert (post.author, post.body) == (alice, "From *afar*.")
        assert "<em>afar</em>" in response.json()["body_html"]

    def test_is_not_for_strangers(self, anybody):
        response = anybody.send("POST", "posts/", {"body": "Hello"})

        assert response.status_code == 401
        assert response["WWW-Authenticate"].startswith("Basic ")

    @pytest.mark.parametrize(
        ("content", "field"),
        [
            ({}, "body"),
            ({"body": ""}, "body"),
            ({"body": "  \n"}, "body"),
            ({"body": "\u200b"}, "body"),
            ({"body": None}, "body"),
            ({"body": 5}, "body"),
            ({"body": ["text"]}, "body"),
            ({"body": "x" * 20_001}, "body"),
            ({"body": "\x00"}, "body"),
            ({"body": "\ud800"}, "body"),
            ({"body": "Hello", "titel": "Oops"}, "titel"),
            ({"body": "Hello", "\ud800": "Oops"}, "?"),
            ([], "non_field_errors"),
            ("text", "non_field_errors"),
            (5, "non_field_errors"),
            (None, "non_field_errors"),
        ],
    )
    def test_names_what_is_wrong(self, alice_api, content, field):
        response = alice_api.send("POST", "posts/", content)

        assert response.status_code == 400
        assert {*response.json()["errors"]} == {field}
        assert not Post.objects.exists()

    @pytest.mark.parametrize(
        "text", ["{", "[" * 100_000, "NaN", b"\xff", '{"body": 1e']
    )
    def test_answers_400_to_what_is_no_json(self, alice_api, text):
        response = alice_api.generic("POST", "posts/", text, "application/json")

        assert response.status_code == 400
        assert response["Content-Type"] == "application/problem+json"

    def test_answers_415_to_forms(self, alice_api):
        response = alice_api.generic(
            "POST", "posts/", "body=x", "application/x-www-form-urlencoded"
        )

        assert response.status_code == 415


@pytest.mark.django_db
class TestPost:
    def test_is_read_with_and_without_the_last_slash(self, anybody):
        post = PostFactory()

        answers = [anybody.get(f"posts/{post.pk}{end}").json() for end in ("", "/")]

        assert answers[0] == answers[1]
        assert answers[0]["body"] == post.body

    def test_is_not_there_when_it_is_hidden_but_for_author_and_moderators(
        self, anybody, alice_api, bob_api, moderator_api, alice
    ):
        post = PostFactory(author=alice, is_hidden=True)

        statuses = [
            client.get(f"posts/{post.pk}").status_code
            for client in (anybody, bob_api, alice_api, moderator_api)
        ]

        assert statuses == [404, 404, 200, 200]

    @pytest.mark.parametrize("method", ["PUT", "PATCH"])
    def test_is_changed_by_its_author(self, alice_api, alice, method):
        post = PostFactory(author=alice)

        response = alice_api.send(method, f"posts/{post.pk}", {"body": "New"})

        assert response.status_code == 200
        assert response.json()["body"] == "New"
        assert response.json()["edited_at"]

    def test_may_be_sent_back_as_it_came(self, alice_api, alice):
        url = f"posts/{PostFactory(author=alice).pk}"
        content = alice_api.get(url).json()

        response = alice_api.send("PUT", url, {**content, "body": "New"})

        assert response.status_code == 200

    def test_is_not_changed_by_somebody_else(self, bob_api, anybody):
        url = f"posts/{PostFactory().pk}"

        assert bob_api.send("PUT", url, {"body": "New"}).status_code == 403
        assert bob_api.send("DELETE", url).status_code == 403
        assert anybody.send("PUT", url, {"body": "New"}).status_code == 401

    def test_is_kept_whole_by_an_empty_patch(self, alice_api, alice):
        post = PostFactory(author=alice)

        response = alice_api.send("PATCH", f"posts/{post.pk}", {})

        assert response.json()["body"] == post.body
        assert response.json()["edited_at"] is None

    def test_is_deleted_once_or_twice(self, alice_api, alice, anybody):
        url = f"posts/{PostFactory(author=alice).pk}"

        statuses = [alice_api.send("DELETE", url).status_code for _time in range(2)]

        assert statuses == [204, 204]
        assert anybody.get(url).status_code == 404

    def test_is_not_there_past_any_id(self, anybody):
        assert anybody.get(f"posts/{10**30}").status_code == 404

    def test_counts_what_was_said(self, anybody):
        post = PostFactory()
        CommentFactory(post=post)

        assert anybody.get(f"posts/{post.pk}").json()["comment_count"] == 1


@pytest.mark.django_db
class TestModeration:
    def test_hides_and_restores_with_a_reason(self, moderator_api, anybody):
        post = PostFactory()

        hidden = moderator_api.send("POST", f"posts/{post.pk}/hide", {"reason": "Spam"})

        assert hidden.json()["hidden"] is True
        assert anybody.get(f"posts/{post.pk}").status_code == 404

        moderator_api.send("POST", f"posts/{post.pk}/restore", {"reason": "Not spam"})

        assert anybody.get(f"posts/{post.pk}").status_code == 200

    def test_is_harmless_twice(self, moderator_api):
        url = f"posts/{PostFactory().pk}/hide"

        statuses = [
            moderator_api.send("POST", url, {"reason": "Spam"}).status_code
            for _time in range(2)
        ]

        assert statuses == [200, 200]

    @pytest.mark.parametrize(
        "content", [{}, {"reason": ""}, {"reason": " \n"}, {"reason": "\u200b"}]
    )
    def test_needs_a_reason(self, moderator_api, content):
        post = PostFactory()

        response = moderator_api.send("POST", f"posts/{post.pk}/hide", content)

        assert {*response.json()["errors"]} == {"reason"}
        post.refresh_from_db()
        assert not post.is_hidden

    def test_needs_the_scope_and_the_role(self, api_as, moderator, alice_api):
        url = f"posts/{PostFactory().pk}/hide"
        writer = api_as(moderator, "read", "write")

        assert writer.send("POST", url, {"reason": "Spam"}).status_code == 403
        assert alice_api.send("POST", url, {"reason": "Spam"}).status_code == 403
