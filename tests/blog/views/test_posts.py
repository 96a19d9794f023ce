import pytest

from tests.factories import CommentFactory, PostFactory


@pytest.mark.django_db
class TestPostDetail:
    def test_shows_the_post_to_strangers(self, client):
        post = PostFactory(body="Hello *there*")

        page = client.get(post.get_absolute_url()).content.decode()

        assert "Hello <em>there</em>" in page

    def test_is_404_for_a_post_that_is_not(self, client):
        assert client.get("/post/1/").status_code == 404
        assert client.get("/post/99999999999999999999/").status_code == 404

    def test_is_404_for_a_hidden_post_but_for_its_author_and_moderators(
        self, client, as_alice, as_bob, as_moderator, alice
    ):
        address = PostFactory(author=alice, is_hidden=True).get_absolute_url()

        assert client.get(address).status_code == 404
        assert as_bob.get(address).status_code == 404
        assert as_alice.get(address).status_code == 200
        assert as_moderator.get(address).status_code == 200

    def test_shows_a_disabled_comment_to_its_author_and_moderators_alone(
        self, client, as_alice, as_bob, as_moderator, alice
    ):
        comment = CommentFactory(author=alice, is_disabled=True, body="MARK")
        address = comment.post.get_absolute_url()

        for reader, is_readable in (
            (client, False),
            (as_bob, False),
            (as_alice, True),
            (as_moderator, True),
        ):
            page = reader.get(address).content.decode()
            assert ("MARK" in page) is is_readable
            assert f'id="comment-{comment.pk}"' in page

    @pytest.mark.parametrize(
        ("page", "first"),
        [("", 0), ("1", 0), ("2", 30), ("-1", 30), ("99", 30), ("abc", 0), ("0", 0)],
    )
    def test_pages_the_comments(self, client, page, first):
        post = PostFactory()
        comments = CommentFactory.create_batch(35, post=post)

        response = client.get(post.get_absolute_url(), {"page": page})

        shown = list(response.context["comments"])
        assert shown == comments[first : first + 30]

    @pytest.mark.parametrize("count", [1, 30])
    def test_costs_two_queries_for_strangers(
        self, client, count, django_assert_num_queries
    ):
        post = PostFactory()
        CommentFactory.create_batch(count, post=post)

        with django_assert_num_queries(2):  # the post, its comments
            client.get(post.get_absolute_url())

    @pytest.mark.parametrize("count", [1, 30])
    def test_costs_five_queries_for_members(
        self, as_alice, count, django_assert_num_queries
    ):
        post = PostFactory()
        CommentFactory.create_batch(count, post=post)

        with django_assert_num_queries(5):  # session, member, role; post, comments
            as_alice.get(post.get_absolute_url())

    def test_is_only_read(self, client):
        assert client.post(PostFactory().get_absolute_url()).status_code == 405
