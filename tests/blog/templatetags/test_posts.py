import pytest

from blog.templatetags.posts import authors
from tests.factories import PostFactory


@pytest.mark.django_db
class TestAuthors:
    def test_are_named_once_in_order_of_appearance(self, alice, bob):
        posts = [PostFactory(author=author) for author in (bob, alice, bob)]

        assert authors(posts) == [bob, alice]
