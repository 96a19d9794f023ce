import pytest

from tests.factories import CommentFactory, PostFactory, UserFactory

from .acts import picture


@pytest.fixture
def site():
    """A member, two posts, a comment and a picture."""
    alice = UserFactory(username="alice")
    CommentFactory(post=PostFactory(author=alice, body="Grüße 🙂"), author=alice)
    PostFactory(author=alice)
    return {"alice": alice, "picture": picture()}


@pytest.fixture
def file(tmp_path):
    return tmp_path / "site.flasky"
