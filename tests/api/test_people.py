import pytest
from django.utils import timezone

from tests.factories import PostFactory, UserFactory

HOST = "http://testserver/api/v1"


@pytest.mark.django_db
class TestUser:
    def test_shows_what_everybody_may_know(self, anybody, alice):
        PostFactory(author=alice)
        url = f"{HOST}/users/{alice.pk}"

        assert anybody.get(f"users/{alice.pk}").json() == {
            "id": alice.pk,
            "url": url,
            "username": "alice",
            "name": "",
            "location": "",
            "about_me": "",
            "avatar_url": f"http://testserver/avatar/{alice.pk}.svg?v=1",
            "member_since": alice.date_joined.isoformat().replace("+00:00", "Z"),
            "last_seen": alice.last_seen_at.isoformat().replace("+00:00", "Z"),
            "posts_url": f"{url}/posts/",
            "timeline_url": f"{url}/timeline/",
            "followers_url": f"{url}/followers/",
            "following_url": f"{url}/following/",
            "post_count": 1,
            "follower_count": 0,
            "following_count": 0,
        }

    def test_tells_nobody_an_address_but_one_s_own(
        self, alice_api, moderator_api, alice
    ):
        seen = [
            client.get(path).content.decode()
            for client in (alice_api, moderator_api)
            for path in (f"users/{alice.pk}", "users/")
        ]

        assert not [page for page in seen if "@" in page]
        assert alice_api.get("users/me").json()["email"] == "alice@example.com"

    @pytest.mark.parametrize("away", [{"unconfirmed": True}, {"is_active": False}])
    def test_is_not_there_for_who_has_no_page(self, anybody, away):
        person = UserFactory(**away)

        assert anybody.get(f"users/{person.pk}").status_code == 404
        assert anybody.get(f"users/{person.pk}/posts/").status_code == 404

    def test_lists_newest_first_at_the_same_cost(
        self, anybody, django_assert_num_queries
    ):
        people = UserFactory.create_batch(4)

        with django_assert_num_queries(1):  # rows, with their count beside
            answer = anybody.get("users/").json()

        ids = [person.pk for person in reversed(people)]
        assert [row["id"] for row in answer["results"]] == ids

    def test_lists_their_posts_at_the_same_cost(
        self, anybody, alice, django_assert_num_queries
    ):
        posts = PostFactory.create_batch(3, author=alice)
        PostFactory(author=alice, is_hidden=True)
        PostFactory()

        with django_assert_num_queries(1):  # rows, with the member beside
            answer = anybody.get(f"users/{alice.pk}/posts/").json()

        assert [row["id"] for row in answer["results"]] == [
            post.pk for post in reversed(posts)
        ]
        assert answer["count"] == 3


@pytest.mark.django_db
class TestMe:
    def test_changes_what_the_profile_says_and_nothing_else(self, alice_api, alice):
        response = alice_api.send(
            "PATCH", "users/me", {"name": " Alice\u202e A. ", "about_me": "Hi\r\nyou"}
        )

        assert response.status_code == 200
        alice.refresh_from_db()
        assert (alice.name, alice.about_me) == ("Alice A.", "Hi\nyou")

    @pytest.mark.parametrize(
        ("content", "field"),
        [
            ({"name": "x" * 65}, "name"),
            ({"location": 5}, "location"),
            ({"about_me": "x" * 2001}, "about_me"),
            ({"name": "\x07"}, "name"),
            ({"role": "Administrator"}, "role"),
            ({"is_staff": True}, "is_staff"),
        ],
    )
    def test_names_what_is_wrong(self, alice_api, content, field):
        response = alice_api.send("PATCH", "users/me", content)

        assert response.status_code == 400
        assert {*response.json()["errors"]} == {field}

    def test_leaves_alone_what_only_the_site_sets(self, alice_api, alice):
        response = alice_api.send("PATCH", "users/me", {"username": "mallory"})

        alice.refresh_from_db()
        assert (response.status_code, alice.username) == (200, "alice")

    def test_is_not_written_over_another_state(self, alice_api):
        etag = alice_api.get("users/me")["ETag"]
        alice_api.send("PATCH", "users/me", {"name": "First"})

        response = alice_api.send(
            "PATCH", "users/me", {"name": "Second"}, If_Match=etag
        )

        assert response.status_code == 412

    def test_shows_moments_in_utc(self, alice_api, alice):
        with timezone.override("Asia/Tokyo"):
            answer = alice_api.get("users/me").json()

        assert answer["member_since"].endswith("Z")
