"""A moderator's day, from the front page of the desk to the record as a file."""

import csv
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts import roles
from accounts.models import Decision, User
from blog.models import Comment, Post
from tests.factories import CommentFactory, PostFactory, UserFactory

from .test_pages import assert_fits

pytestmark = pytest.mark.browser


@pytest.fixture
def moderator(rude, log_in):
    """She joins after them, as ids tell who is new."""
    marta = UserFactory(username="marta", role=roles.MODERATOR)
    log_in("marta")
    return marta


@pytest.fixture
def rude(db):
    """A comment of somebody new beneath the post of somebody who is not."""
    long_ago = timezone.now() - timedelta(days=40)
    anna = UserFactory(username="anna", date_joined=long_ago)
    post = PostFactory(author=anna, body="Tomatoes *like* the sun.")
    troll = UserFactory(username="troll", name="Not nice")
    CommentFactory(post=post, author=anna, body="Mine are ripe.")
    return CommentFactory(post=post, author=troll, body="You are all fools.")


class TestDay:
    def test_begins_on_the_front_page_and_ends_with_the_record(
        self, page, moderator, rude, mode, assert_accessible
    ):
        self.find_the_comment(page)
        self.disable_it_and_take_it_back(page, rude)
        self.suspend_its_author(page, rude)
        self.read_the_record(page)

        assert_fits(page)
        assert_accessible()

    def find_the_comment(self, page):
        page.goto("/admin/")
        newcomers = page.locator("#newcomers")
        expect(newcomers.get_by_text("Tomatoes")).to_have_count(0)
        newcomers.get_by_role("link", name="You are all fools.").click()
        expect(page.get_by_text("Mine are ripe.")).to_be_visible()

    def disable_it_and_take_it_back(self, page, rude):
        page.locator(f"#comment-{rude.pk}").get_by_role("link", name="Disable").click()
        page.get_by_label("Reason").fill("Nobody is a fool here.")
        page.get_by_role("button", name="Disable the comment").click()
        expect(page.get_by_text("The comment is disabled.")).to_be_visible()
        assert Comment.objects.get(is_disabled=True) == rude

        button = page.get_by_role("button", name="Take it back")
        assert button.bounding_box()["height"] < button.bounding_box()["width"]
        button.click()

        expect(page.get_by_text("It is taken back.")).to_be_visible()
        assert not Comment.objects.filter(is_disabled=True).exists()

    def suspend_its_author(self, page, rude):
        page.locator(f"#comment-{rude.pk}").get_by_role("link", name="Desk").click()
        page.get_by_role("link", name="@troll").first.click()
        page.get_by_role("link", name="Suspend").click()
        until = timezone.now() + timedelta(days=7)
        page.get_by_label("Reason").fill("Come back when you are kinder.")
        page.get_by_label("Until").fill(f"{until:%Y-%m-%dT%H:%M}")
        page.get_by_role("button", name="Suspend").click()

        expect(page.get_by_text("1 member is suspended.")).to_be_visible()
        troll = User.objects.get(username="troll")
        assert f"{troll.suspended_until:%Y-%m-%dT%H:%M}" == f"{until:%Y-%m-%dT%H:%M}"
        assert Post.objects.public().exists()

    def read_the_record(self, page):
        page.get_by_role("link", name="The whole record").click()
        expect(page.locator("#result_list tbody tr")).to_have_count(3)
        page.set_viewport_size({"width": 768, "height": 900})
        # The list lies above its filters, not in what they leave.
        listed, filters = page.locator(".results"), page.locator("#changelist-filter")
        assert listed.bounding_box()["width"] >= filters.bounding_box()["width"]
        assert_fits(page)

        with page.expect_download() as download:
            page.get_by_role("link", name="Export as CSV").click()

        text = download.value.path().read_text(encoding="utf-8-sig")
        rows = list(csv.DictReader(text.splitlines()))
        kinds = [row["decision"] for row in rows]
        assert kinds == [
            it.get_kind_display() for it in Decision.objects.order_by("-id")
        ]
        assert rows[0]["reason"] == "Come back when you are kinder."
        assert rows[1]["undoes"] == rows[2]["id"]
