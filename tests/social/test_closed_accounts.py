"""What is seen of a member between good-bye and the work in the background."""

import pytest

from accounts.services import close_account
from blog.markdown import render_comment, render_post
from blog.sitemaps import PART_SIZE, members_in
from tests.factories import CommentFactory, FollowFactory, PostFactory, UserFactory


@pytest.fixture
def gone(bob):
    """Carol wrote, was followed, and is gone; her texts have yet to go."""
    carol = UserFactory(username="carol", name="Carol Vanished")
    PostFactory(author=carol)
    CommentFactory(author=carol, post=PostFactory(author=bob))
    FollowFactory(follower=carol, followed=bob)
    FollowFactory(follower=bob, followed=carol)
    close_account(actor=None, member=carol)
    return carol


@pytest.mark.django_db
class TestClosedAccount:
    @pytest.mark.parametrize(
        "address",
        [
            "/user/carol/",
            "/user/carol/feed/",
            "/followers/carol/",
            "/following/carol/",
        ],
    )
    def test_has_no_page(self, gone, address, client, as_administrator):
        assert client.get(address).status_code == 404
        assert as_administrator.get(address).status_code == 404

    @pytest.mark.parametrize(
        "address",
        ["/people/", "/people/?q=carol", "/followers/bob/", "/following/bob/"],
    )
    def test_is_on_no_list_of_people(self, gone, address, client, as_administrator):
        for visitor in (client, as_administrator):
            page = visitor.get(address)
            assert page.status_code == 200
            assert "Carol Vanished" not in page.content.decode()

    def test_is_not_in_the_sitemap(self, gone, bob):
        assert bob.username in members_in(bob.pk // PART_SIZE)
        assert gone.username not in members_in(gone.pk // PART_SIZE)

    def test_is_not_led_to_by_a_mention(self, gone):
        for render in (render_post, render_comment):
            html = render("Hello @carol and @bob")
            assert "/user/bob/" in html
            assert "/user/carol/" not in html

    def test_cannot_be_followed(self, gone, as_alice):
        assert as_alice.post("/follow/carol/").status_code == 404

    def test_leaves_texts_readable_until_they_go(self, gone, client):
        post, comment = gone.posts.get(), gone.comments.get()

        assert client.get(f"/post/{post.pk}/").status_code == 200
        page = client.get(f"/post/{comment.post_id}/").content.decode()
        assert comment.body_html in page
