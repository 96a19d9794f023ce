import pytest

from accounts.models import User
from social.models import Follow
from tests.factories import FollowFactory, PostFactory, UserFactory


@pytest.mark.django_db
class TestFollow:
    def test_begins_and_ends_and_is_harmless_twice(self, alice_api, alice, bob):
        url = f"users/{bob.pk}/follow"

        for _time in range(2):
            assert alice_api.send("PUT", url).status_code == 204
        assert [*Follow.objects.values_list("follower", "followed")] == [
            (alice.pk, bob.pk)
        ]

        for _time in range(2):
            assert alice_api.send("DELETE", url).status_code == 204
        assert not Follow.objects.exists()

    def test_is_not_of_oneself(self, alice_api, alice):
        response = alice_api.send("PUT", f"users/{alice.pk}/follow")

        assert response.status_code == 409

    def test_is_of_nobody_without_a_page(self, alice_api):
        person = UserFactory(unconfirmed=True)

        assert alice_api.send("PUT", f"users/{person.pk}/follow").status_code == 404


@pytest.mark.django_db
class TestLists:
    def test_show_who_and_since_when_the_latest_first(
        self, anybody, alice, django_assert_num_queries
    ):
        rows = FollowFactory.create_batch(3, followed=alice)

        with django_assert_num_queries(1):  # follows with both members
            answer = anybody.get(f"users/{alice.pk}/followers/").json()

        assert answer["count"] == 3
        assert [row["user"]["id"] for row in answer["results"]] == [
            row.follower_id for row in reversed(rows)
        ]
        assert answer["results"][2]["since"] == (
            rows[0].created_at.isoformat().replace("+00:00", "Z")
        )

    def test_show_whom_somebody_follows(self, anybody, alice, bob):
        FollowFactory(follower=alice, followed=bob)

        answer = anybody.get(f"users/{alice.pk}/following/", {"cursor": "start"}).json()

        assert [row["user"]["username"] for row in answer["results"]] == ["bob"]

    def test_count_from_the_nearer_end_far_from_the_top(
        self, anybody, alice, monkeypatch
    ):
        monkeypatch.setattr("api.pagination.SHALLOW", 2)
        rows = FollowFactory.create_batch(5, followed=alice)

        answer = anybody.get(
            f"users/{alice.pk}/followers/", {"page": 2, "page_size": 2}
        ).json()

        assert answer["count"] == 5
        assert [row["user"]["id"] for row in answer["results"]] == [
            rows[2].follower_id,
            rows[1].follower_id,
        ]

    @pytest.mark.parametrize("what", ["posts", "followers", "following"])
    @pytest.mark.parametrize("page", ["1", "1000"])
    def test_are_of_nobody_without_a_page(self, anybody, alice, bob, what, page):
        FollowFactory(follower=alice, followed=bob)
        FollowFactory(follower=bob, followed=alice)
        PostFactory(author=alice)
        User.objects.filter(pk=alice.pk).update(is_active=False)

        response = anybody.get(f"users/{alice.pk}/{what}/", {"page": page})

        assert response.status_code == 404

    def test_leave_out_who_has_no_page(self, anybody, alice):
        FollowFactory(followed=alice, follower__is_active=False)

        answer = anybody.get(f"users/{alice.pk}/followers/").json()

        assert answer["results"] == []


@pytest.mark.django_db
class TestTimeline:
    @pytest.fixture
    def posts(self, alice, bob):
        FollowFactory(follower=alice, followed=bob)
        PostFactory()
        return [PostFactory(author=author) for author in (bob, alice, bob)]

    def test_shows_one_s_own_and_those_of_people_one_follows(
        self, alice_api, alice, posts, django_assert_num_queries
    ):
        alice_api.get("posts/")

        with django_assert_num_queries(2):  # token; the timeline
            answer = alice_api.get(f"users/{alice.pk}/timeline/").json()

        assert [row["id"] for row in answer["results"]] == [
            post.pk for post in reversed(posts)
        ]
        assert answer["results"][0]["body"] == posts[-1].body

    def test_is_walked_by_its_cursor(self, alice_api, alice, posts):
        path = f"users/{alice.pk}/timeline/"
        first = alice_api.get(path, {"page_size": "2"}).json()

        second = alice_api.get(first["next"]).json()
        back = alice_api.get(second["previous"]).json()

        assert [row["id"] for row in second["results"]] == [posts[0].pk]
        assert second["next"] is None
        assert back["results"] == first["results"]

    def test_is_for_its_owner_alone(self, bob_api, moderator_api, anybody, alice):
        path = f"users/{alice.pk}/timeline/"

        statuses = [
            client.get(path).status_code for client in (anybody, bob_api, moderator_api)
        ]

        assert statuses == [401, 403, 403]

    def test_shows_nothing_hidden(self, alice_api, alice):
        PostFactory(author=alice, is_hidden=True)

        assert alice_api.get(f"users/{alice.pk}/timeline/").json()["results"] == []
