import pytest

from tests.factories import PostFactory, UserFactory


@pytest.mark.django_db
class TestProfile:
    def test_shows_a_member_and_their_posts(self, client, alice):
        post = PostFactory(author=alice)
        PostFactory()

        response = client.get("/user/alice/")

        assert response.context["person"] == alice
        assert list(response.context["posts"]) == [post]

    def test_has_one_address_in_any_case(self, client, alice):
        response = client.get("/user/ALICE/")

        assert (response.status_code, response.url) == (301, "/user/alice/")

    @pytest.mark.parametrize("username", ["nobody", "al%25", "a%00b", "é"])
    def test_is_404_for_nobody(self, client, alice, username):
        assert client.get(f"/user/{username}/").status_code == 404

    def test_is_404_for_who_has_not_confirmed_or_is_gone(self, client, newcomer):
        UserFactory(username="gone", is_active=False)

        assert client.get("/user/newcomer/").status_code == 404
        assert client.get("/user/gone/").status_code == 404

    def test_shows_no_address(self, client, as_bob, alice):
        for reader in (client, as_bob):
            assert alice.email not in reader.get("/user/alice/").content.decode()

    def test_leaves_hidden_posts_out_of_list_and_count(self, client, alice):
        PostFactory(author=alice, is_hidden=True, body="MARK")

        response = client.get("/user/alice/")

        assert "MARK" not in response.content.decode()
        assert response.context["page"].total == 0

    @pytest.mark.parametrize("count", [1, 20])
    def test_costs_two_queries(self, client, alice, count, django_assert_num_queries):
        PostFactory.create_batch(count, author=alice)

        with django_assert_num_queries(2):  # the member, their posts
            client.get("/user/alice/")
