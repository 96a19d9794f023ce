"""Programs that do the same thing at the same moment."""

from collections import Counter

import pytest

from blog.models import Post
from social.models import Follow
from tests.api.client import ApiClient
from tests.factories import PostFactory, UserFactory
from tests.factories.tokens import token_of
from tests.threads import at_once

pytestmark = [pytest.mark.side_by_side, pytest.mark.django_db(transaction=True)]

PROGRAMS = 4


@pytest.fixture
def programs():
    """Return a function that sends one request from each of one member's programs."""
    user = UserFactory()

    def send(*requests, **headers):
        clients = [ApiClient(f"Bearer {token_of(user)[1]}") for _it in requests]
        acts = [
            lambda client=client, request=request: client.send(*request, **headers)
            for client, request in zip(clients, requests, strict=True)
        ]
        return [response.status_code for response in at_once(*acts)]

    send.user = user
    return send


class TestPrograms:
    def test_that_change_one_post_let_one_of_them_win(self, programs):
        url = f"posts/{PostFactory(author=programs.user).pk}"
        etag = ApiClient().get(url)["ETag"]
        requests = [("PUT", url, {"body": str(it)}) for it in range(PROGRAMS)]

        statuses = programs(*requests, If_Match=etag)

        assert Counter(statuses) == {200: 1, 412: PROGRAMS - 1}
        assert Post.objects.get().body == str(statuses.index(200))

    def test_that_change_one_profile_let_one_of_them_win(self, programs):
        client = ApiClient(f"Bearer {token_of(programs.user)[1]}")
        etag = client.get("users/me")["ETag"]
        requests = [("PATCH", "users/me", {"name": f"N{it}"}) for it in range(PROGRAMS)]

        statuses = programs(*requests, If_Match=etag)

        assert Counter(statuses) == {200: 1, 412: PROGRAMS - 1}

    def test_that_delete_and_change_one_post_do_one_of_the_two(self, programs):
        for _round in range(5):
            post = PostFactory(author=programs.user, body="Old")
            url = f"posts/{post.pk}"
            etag = ApiClient().get(url)["ETag"]

            changed, deleted = programs(
                ("PUT", url, {"body": "New"}), ("DELETE", url, None), If_Match=etag
            )

            post.refresh_from_db()
            assert (changed == 200) != (deleted == 204)
            assert post.is_deleted == (deleted == 204)

    def test_that_follow_and_unfollow_somebody_all_succeed(self, programs):
        url = f"users/{UserFactory(id=1_000_000).pk}/follow"

        statuses = programs(*[("PUT", url), ("DELETE", url)] * 3)

        assert set(statuses) == {204}
        assert Follow.objects.count() <= 1
