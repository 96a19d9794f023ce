from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Session
from social.timelines import NEWS_LIMIT
from tests.factories import FollowFactory, PostFactory


def ask(client, after=0, **headers):
    return client.get("/new-posts/", {"after": after}, headers=headers)


@pytest.mark.django_db
class TestNewPosts:
    def test_says_nothing_where_nothing_is_new(self, as_alice):
        post = PostFactory()

        response = ask(as_alice, after=post.pk)

        assert (response.status_code, response.content) == (204, b"")

    def test_offers_the_home_page_with_what_is_new(self, as_alice):
        post = PostFactory()
        PostFactory.create_batch(2)
        PostFactory(is_hidden=True)

        page = ask(as_alice, after=post.pk).content.decode()

        assert 'href="/"' in page
        assert "2 new posts" in page

    def test_offers_one_post_and_very_many(self, as_alice, alice):
        PostFactory(author=alice)
        assert "1 new post\n" in ask(as_alice).content.decode()

        PostFactory.create_batch(NEWS_LIMIT, author=alice)
        assert f"{NEWS_LIMIT}+ new posts" in ask(as_alice).content.decode()

    def test_counts_what_the_chosen_tab_would_show(self, as_alice, alice, bob):
        FollowFactory(follower=alice, followed=bob)
        PostFactory(author=bob)
        PostFactory()
        as_alice.get("/followed/")

        assert "1 new post\n" in ask(as_alice).content.decode()

    @pytest.mark.parametrize("after", ["", "x", "-1", "9" * 30])
    def test_takes_nonsense_for_the_beginning(self, as_alice, after):
        PostFactory()

        assert "1 new post\n" in ask(as_alice, after=after).content.decode()

    def test_refuses_strangers_whatever_they_send(self, client):
        PostFactory()
        client.cookies["show_followed"] = "1"

        assert ask(client).status_code == 403
        answer = ask(client, Accept="application/json").json()
        assert (answer["status"], answer["error"]) == (403, "forbidden")

    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
    def test_is_for_reading_alone(self, as_alice, method):
        assert getattr(as_alice, method)("/new-posts/").status_code == 405

    def test_is_kept_by_no_cache(self, as_alice):
        assert "no-store" in ask(as_alice)["Cache-Control"]

    def test_does_not_count_as_being_there(self, as_alice, alice):
        long_ago = timezone.now() - timedelta(days=1)
        Session.objects.update(last_seen_at=long_ago)
        session = Session.objects.get()
        seen_at = type(alice).objects.get().last_seen_at
        PostFactory(author=alice)

        assert ask(as_alice).status_code == 200

        alice.refresh_from_db()
        assert alice.last_seen_at == seen_at
        assert Session.objects.get().last_seen_at == long_ago
        assert Session.objects.get().expire_date == session.expire_date
        as_alice.get("/")
        assert Session.objects.get().last_seen_at > long_ago

    @pytest.mark.parametrize("address", ["/all/", "/followed/"])
    def test_costs_four_queries_at_most(
        self, as_alice, alice, address, django_assert_max_num_queries
    ):
        people = [FollowFactory(follower=alice).followed for _ in range(40)]
        PostFactory(author=people[0])
        as_alice.get(address)

        with django_assert_max_num_queries(
            3
        ):  # session with its member; newest id, the rest
            assert ask(as_alice).status_code == 200
