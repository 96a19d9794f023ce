from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import PostFactory

HOST = "http://testserver/api/v1"


@pytest.mark.django_db
class TestList:
    def test_shows_what_everybody_may_read_newest_first(self, anybody, alice):
        old, new = PostFactory(author=alice), PostFactory()
        PostFactory(is_hidden=True)

        answer = anybody.get("posts/").json()

        assert answer["count"] == 2
        assert [post["id"] for post in answer["results"]] == [new.pk, old.pk]
        assert answer["results"][1] == {
            "id": old.pk,
            "url": f"{HOST}/posts/{old.pk}",
            "html_url": f"http://testserver/post/{old.pk}/",
            "body": old.body,
            "body_html": old.body_html,
            "created_at": old.created_at.isoformat().replace("+00:00", "Z"),
            "edited_at": None,
            "author_url": f"{HOST}/users/{alice.pk}",
            "author": "alice",
            "comments_url": f"{HOST}/posts/{old.pk}/comments/",
            "comment_count": 0,
            "closed": False,
            "hidden": False,
        }

    @pytest.mark.parametrize("number", [1, 100])
    def test_costs_one_query(self, anybody, number, django_assert_num_queries):
        PostFactory.create_batch(number)

        with django_assert_num_queries(1):  # rows, with their count beside
            anybody.get("posts/", {"page_size": 100})

    def test_costs_one_more_for_who_shows_a_token(
        self, alice_api, django_assert_num_queries
    ):
        PostFactory.create_batch(3)
        alice_api.get("posts/")

        with django_assert_num_queries(2):  # token with its owner; rows
            alice_api.get("posts/")

    def test_costs_two_queries_far_from_the_top(
        self, anybody, monkeypatch, django_assert_num_queries
    ):
        monkeypatch.setattr("api.pagination.SHALLOW", 2)
        posts = PostFactory.create_batch(5)

        with django_assert_num_queries(2):  # counts, rows
            answer = anybody.get("posts/", {"page": 2, "page_size": 2}).json()

        assert answer["count"] == 5
        assert [row["id"] for row in answer["results"]] == [posts[2].pk, posts[1].pk]

    def test_is_without_what_was_hidden_a_moment_ago(self, anybody):
        post, hidden = PostFactory.create_batch(2)
        assert anybody.get("posts/").json()["count"] == 2

        hidden.is_hidden = True
        hidden.save()

        answer = anybody.get("posts/").json()
        assert answer["count"] == 1
        assert [row["id"] for row in answer["results"]] == [post.pk]
        assert anybody.get(f"posts/{hidden.pk}").status_code == 404

    @pytest.mark.parametrize("query", [{"page": "3"}, {"cursor": "b1"}])
    def test_is_counted_where_there_is_no_row(self, anybody, query):
        PostFactory.create_batch(2, is_hidden=True)
        PostFactory.create_batch(3)

        answer = anybody.get("posts/", query).json()

        assert (answer["count"], answer["results"]) == (3, [])

    def test_narrows_down_by_author_in_any_case(self, anybody, alice):
        post = PostFactory(author=alice)
        PostFactory()

        answer = anybody.get("posts/", {"author": "Alice"}).json()

        assert [row["id"] for row in answer["results"]] == [post.pk]
        assert answer["count"] == 1

    def test_shows_nothing_of_nobody(self, anybody):
        PostFactory()

        assert anybody.get("posts/", {"author": "nobody"}).json()["results"] == []

    def test_narrows_down_by_time(self, anybody):
        now = timezone.now()
        posts = [
            PostFactory(created_at=now - timedelta(days=days))
            for days in range(9, 0, -1)
        ]

        answer = anybody.get(
            "posts/",
            {
                "since": posts[2].created_at.isoformat(),
                "until": posts[5].created_at.isoformat(),
                "ordering": "created_at",
            },
        ).json()

        assert [row["id"] for row in answer["results"]] == [
            post.pk for post in posts[2:5]
        ]
        assert answer["count"] == 3

    @pytest.mark.parametrize(
        "query",
        [
            {"since": "0001-01-01T00:00:00+01:00"},
            {"until": "9999-12-31T23:59:59-01:00"},
        ],
    )
    def test_takes_moments_past_all_that_are(self, anybody, query):
        PostFactory()

        assert anybody.get("posts/", query).json()["count"] == 1

    @pytest.mark.parametrize(
        "query",
        [
            {"page": "x"},
            {"page": "0"},
            {"page_size": "101"},
            {"page_size": "0"},
            {"page_size": "-5"},
            {"page_size": "1_0"},
            {"page_size": "1.0"},
            {"page": "\u0663"},
            {"page": " 1"},
            {"page": ""},
            {"cursor": "x1"},
            {"cursor": "a1\n"},
            {"author": "no body"},
            {"since": "yesterday"},
            {"ordering": "body"},
        ],
    )
    def test_names_what_is_wrong_behind_the_question_mark(self, anybody, query):
        response = anybody.get("posts/", query)

        assert response.status_code == 400
        assert {*response.json()["errors"]} == {*query}
