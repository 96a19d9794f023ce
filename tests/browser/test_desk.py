import pytest
from playwright.sync_api import expect

from accounts import roles
from accounts.models import Decision
from blog.models import Comment, Post
from tests.factories import CommentFactory, PostFactory, UserFactory

from .test_pages import HARD_TEXT, assert_fits

pytestmark = pytest.mark.browser


@pytest.fixture
def moderator(log_in):
    marta = UserFactory(username="marta", role=roles.MODERATOR)
    log_in("marta")
    return marta


@pytest.fixture
def spam():
    spammer = UserFactory(username="spammer", name="Buy now")
    post = PostFactory(author=spammer, body=HARD_TEXT)
    return CommentFactory.create_batch(3, post=post, author=spammer, body="Pills")


class TestDesk:
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("width", [360, 1440])
    def test_fits_and_is_accessible(
        self, width, scheme, page, moderator, spam, assert_accessible
    ):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        comment, chosen = spam[0], "&id=".join(str(one.pk) for one in spam)

        for address in (
            "/admin/blog/post/",
            "/admin/blog/comment/?state=public",
            "/admin/accounts/user/",
            f"/admin/blog/comment/{comment.pk}/change/",
            f"/admin/blog/post/{comment.post_id}/change/",
            f"/admin/accounts/user/{comment.author_id}/change/",
            f"/admin/blog/comment/act/disable/?id={chosen}",
            f"/admin/accounts/user/act/suspend/?id={comment.author_id}",
        ):
            page.goto(address)
            assert_fits(page)
            assert_accessible()

    def test_decides_about_many_and_takes_it_back(self, page, moderator, spam, mode):
        page.goto("/admin/blog/comment/")
        for box in page.locator("input[name=_selected_action]").all():
            box.check()
        page.locator("select[name=action]").select_option("disable")
        page.get_by_role("button", name="Go").click()
        expect(page.get_by_text("These 3 will change")).to_be_visible()
        page.get_by_label("Reason").fill("Spam.")
        page.get_by_role("button", name="Disable").click()
        expect(page.get_by_text("3 comments are disabled.")).to_be_visible()
        assert Comment.objects.filter(is_disabled=True).count() == 3

        page.get_by_role("button", name="Take it back").click()

        expect(page.get_by_text("It is taken back.")).to_be_visible()
        expect(page).to_have_url("/admin/blog/comment/")
        assert not Comment.objects.filter(is_disabled=True).exists()

    def test_leads_from_a_text_to_its_author_who_is_suspended(
        self, page, moderator, spam
    ):
        page.goto(f"/post/{spam[0].post_id}/")
        page.locator("#post-actions").get_by_role("link", name="Desk").click()
        page.get_by_role("link", name="@spammer").first.click()
        page.get_by_role("link", name="Suspend").click()
        page.get_by_label("Reason").fill("Spam.")
        page.get_by_label("For good").check()
        page.get_by_label("Hide all their posts too").check()
        page.get_by_role("button", name="Suspend").click()

        expect(page.get_by_text("1 member is suspended.")).to_be_visible()
        assert not Post.objects.public().exists()
        assert Decision.objects.count() == 2
