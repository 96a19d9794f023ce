from datetime import UTC, datetime

import pytest

from blog.models import Post
from tests.factories import PostFactory

EDITED = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)


@pytest.mark.django_db
class TestPostSource:
    def test_is_what_was_typed(self, client):
        post = PostFactory(body="# Hé *you*\n\n<script> &amp; \U0001f600")

        response = client.get(f"/post/{post.pk}.md")

        assert response.content.decode() == post.body
        assert response["Content-Type"] == "text/markdown; charset=utf-8"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Disposition"] == (
            f'inline; filename="post-{post.pk}.md"'
        )
        assert response["Link"] == (
            f'<http://testserver/post/{post.pk}/>; rel="canonical"'
        )

    def test_is_404_for_a_post_that_is_not(self, client):
        assert client.get("/post/1.md").status_code == 404
        assert client.get("/post/99999999999999999999.md").status_code == 404

    def test_of_a_hidden_post_is_for_its_author_and_moderators(
        self, client, as_alice, as_bob, as_moderator, alice
    ):
        address = f"/post/{PostFactory(author=alice, is_hidden=True).pk}.md"

        for reader, status in ((client, 404), (as_bob, 404), (as_alice, 200)):
            assert reader.get(address).status_code == status
        assert as_moderator.get(address)["Cache-Control"] == "private"

    def test_of_a_deleted_post_is_for_moderators_alone(
        self, client, as_alice, as_moderator, alice
    ):
        address = f"/post/{PostFactory(author=alice, deleted_at=EDITED).pk}.md"

        for reader, status in ((client, 404), (as_alice, 404), (as_moderator, 200)):
            assert reader.get(address).status_code == status

    def test_sets_no_cookie(self, client):
        response = client.get(f"/post/{PostFactory().pk}.md")

        assert not response.cookies
        assert response["Cache-Control"] == "no-cache"

    @pytest.mark.parametrize("method", ["get", "head"])
    def test_is_sent_again_when_it_has_changed(self, client, method):
        post = PostFactory()
        ask = getattr(client, method)
        address = f"/post/{post.pk}.md"
        known = {"If-None-Match": ask(address)["ETag"]}

        assert ask(address, headers=known).status_code == 304
        Post.objects.filter(pk=post.pk).update(body="Other words")
        assert ask(address, headers=known).status_code == 200

    def test_costs_one_query(self, client, django_assert_num_queries):
        post = PostFactory()

        with django_assert_num_queries(1):
            client.get(f"/post/{post.pk}.md")

    def test_is_only_read(self, client):
        assert client.post(f"/post/{PostFactory().pk}.md").status_code == 405
