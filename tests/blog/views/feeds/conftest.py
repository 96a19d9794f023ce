import pytest

from tests.factories import CommentFactory, PostFactory, UserFactory


@pytest.fixture
def cast(db):
    return UserFactory(username="cast", name="Cast & Crew")


@pytest.fixture(params=["site", "member", "comments"])
def feed(request, cast):
    """The address of a feed, and what makes an entry of it."""
    if request.param == "comments":
        post = PostFactory(author=cast)
        return f"/post/{post.pk}/feed/", lambda **fields: CommentFactory(
            **{"post": post, "author": cast, **fields}
        )
    address = "/feed/" if request.param == "site" else "/user/cast/feed/"
    return address, lambda **fields: PostFactory(**{"author": cast, **fields})
