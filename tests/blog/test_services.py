import pytest

from blog import services


@pytest.mark.django_db
class TestCreatePost:
    def test_publishes_what_was_written(self, alice):
        post = services.create_post(author=alice, body="*a*")

        post.refresh_from_db()
        assert (post.author, post.body) == (alice, "*a*")
        assert post.body_html == "<p><em>a</em></p>\n"
        assert not post.is_hidden
