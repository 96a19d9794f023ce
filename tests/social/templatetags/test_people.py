import pytest

from social.templatetags.people import map_search
from tests.factories import CommentFactory, FollowFactory, PostFactory


class TestMapSearch:
    @pytest.mark.parametrize(
        ("location", "query"),
        [
            ("Bath & Wells", "Bath+%26+Wells"),
            ("Zürich", "Z%C3%BCrich"),
            ("javascript:alert(1)", "javascript%3Aalert%281%29"),
            ("a#b?c=d", "a%23b%3Fc%3Dd"),
        ],
    )
    def test_asks_for_the_location_and_nothing_else(self, location, query):
        assert map_search(location) == (
            f"https://www.openstreetmap.org/search?query={query}"
        )


@pytest.mark.django_db
class TestRowToFollow:
    @pytest.fixture
    def post(self, alice):
        post = PostFactory(author=alice)
        CommentFactory(post=post)
        return post

    def sidebar(self, client, post):
        page = client.get(post.get_absolute_url()).content.decode()
        return page.partition("<aside")[2]

    def test_offers_to_follow_who_wrote_a_post(self, as_bob, post):
        assert 'action="/follow/alice/"' in self.sidebar(as_bob, post)

    def test_offers_to_unfollow_and_tells_who_follows_the_reader(
        self, as_bob, alice, bob, post
    ):
        FollowFactory(follower=alice, followed=bob)
        FollowFactory(follower=bob, followed=alice)

        sidebar = self.sidebar(as_bob, post)

        assert 'action="/unfollow/alice/"' in sidebar
        assert "Follows you" in sidebar

    def test_offers_nothing_to_strangers_authors_and_who_may_not(
        self, client, as_alice, as_bob, bob, post
    ):
        bob.groups.clear()

        for reader in (client, as_alice, as_bob):
            assert "follow/alice/" not in self.sidebar(reader, post)

    def test_costs_one_query_for_somebody_elses_post_alone(
        self, client, as_alice, as_bob, post, django_assert_num_queries
    ):
        for reader, cost in ((client, 2), (as_alice, 3), (as_bob, 4)):
            with django_assert_num_queries(cost):
                reader.get(post.get_absolute_url())
