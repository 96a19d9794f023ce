from accounts.models import User
from blog.models import Post
from blog.templatetags.posts import authors


class TestAuthors:
    def test_names_each_author_once_in_order_of_appearance(self):
        alice, bob = User(pk=1), User(pk=2)
        posts = [Post(author=author) for author in (bob, alice, bob)]

        assert authors(posts) == [bob, alice]
