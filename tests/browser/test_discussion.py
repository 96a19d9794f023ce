import re

import pytest
from playwright.sync_api import expect

from blog.models import Comment, Post
from tests.factories import CommentFactory, PostFactory, UserFactory

from .test_pages import assert_fits

pytestmark = pytest.mark.browser

RIGHT_TO_LEFT = "\u05e9\u05dc\u05d5\u05dd"


@pytest.fixture
def alice():
    return UserFactory(username="alice", name="Alice")


@pytest.fixture
def post(alice):
    return PostFactory(author=alice, body="What do you call it?")


def press(page, name):
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def comment_of(page, text):
    return page.locator("article.comment", has_text=text)


def answer(page, mode, name):
    """Press an answer in the dialog, or on the page that asks without JavaScript."""
    if mode != "no JavaScript":
        expect(page.get_by_role("dialog")).to_be_visible()
    page.locator("#delete").get_by_text(name, exact=True).click()
    page.wait_for_load_state()


class TestComment:
    def test_lands_on_the_last_page_in_sight(
        self, page, mode, log_in, post, assert_accessible
    ):
        CommentFactory.create_batch(30, post=post)
        log_in("alice")
        page.goto(post.get_absolute_url())
        assert_accessible()

        page.get_by_label("Your comment").fill(f"A *heel*. {RIGHT_TO_LEFT}")
        press(page, "Comment")

        comment = comment_of(page, "A heel.")
        expect(comment).to_be_in_viewport()
        expect(page).to_have_url(re.compile(r"\?page=-1#comment-\d+$"))
        expect(page.get_by_role("link", name="31 comments")).to_be_attached()
        assert_fits(page)
        assert_accessible()

    def test_that_fails_is_in_sight_with_its_text(
        self, page, mode, log_in, post, assert_accessible
    ):
        CommentFactory.create_batch(30, post=post)
        log_in("alice")
        page.goto(post.get_absolute_url())

        page.get_by_label("Your comment").fill("x" * 5001)
        press(page, "Comment")

        expect(page.get_by_label("Your comment")).to_have_value("x" * 5001)
        expect(page.locator(".invalid-feedback")).to_be_in_viewport()
        assert_fits(page)
        assert_accessible()

    def test_that_comes_too_late_is_given_back(
        self, page, mode, log_in, post, assert_accessible
    ):
        log_in("alice")
        page.goto(post.get_absolute_url())
        page.get_by_label("Your comment").fill("A long thought")
        Post.objects.update(is_closed=True)

        press(page, "Comment")

        expect(
            page.get_by_text("This post takes no more comments.")
        ).to_be_in_viewport()
        expect(page.get_by_label("Text")).to_have_value("A long thought")
        assert_fits(page)
        assert_accessible()

    def test_is_edited_and_deleted_by_who_wrote_it(
        self, page, mode, log_in, alice, post, assert_accessible
    ):
        CommentFactory(post=post, body="Somebody else’s")
        CommentFactory(post=post, author=alice, body="A heel")
        log_in("alice")
        page.goto(post.get_absolute_url())

        comment_of(page, "A heel").get_by_role("link", name="Edit").click()
        page.get_by_label("Text").fill("A crust")
        assert_accessible()
        press(page, "Save the comment")
        expect(comment_of(page, "A crust")).to_contain_text("edited just now")
        assert_accessible()

        comment_of(page, "A crust").get_by_role("link", name="Delete").click()
        answer(page, mode, "Delete the comment")
        expect(page.get_by_text("The comment is deleted.")).to_be_attached()
        expect(page.locator("article.comment")).to_have_count(1)
        expect(page.get_by_role("link", name="1 comment")).to_be_attached()


class TestPost:
    def test_is_edited_in_two_tabs_and_loses_nothing(
        self, page, mode, log_in, post, assert_accessible
    ):
        log_in("alice")
        page.goto(post.get_absolute_url())
        page.get_by_role("link", name="Edit", exact=True).click()
        assert_accessible()
        other = page.context.new_page()
        other.goto(page.url)
        other.get_by_label("Text").fill("From the other tab")
        press(other, "Save the post")
        expect(other.get_by_text("The post is saved.")).to_be_visible()

        page.get_by_label("Text").fill("From this tab")
        press(page, "Save the post")
        expect(page.get_by_text("From the other tab")).to_be_visible()
        expect(page.get_by_label("Text")).to_have_value("From this tab")
        assert_fits(page)
        assert_accessible()

        press(page, "Save the post")
        expect(page.locator(".post .prose")).to_have_text("From this tab")
        assert Post.objects.get().body == "From this tab"

    def test_is_deleted_when_the_question_is_answered(
        self, page, mode, log_in, post, assert_accessible
    ):
        log_in("alice")
        page.goto(post.get_absolute_url())

        page.get_by_role("link", name="Delete", exact=True).click()
        expect(page.get_by_text("Delete this post?")).to_be_visible()
        assert_fits(page)
        assert_accessible()
        answer(page, mode, "Keep it")
        expect(page.get_by_text("Delete this post?")).to_have_count(0)
        expect(page).to_have_url(post.get_absolute_url())

        page.get_by_role("link", name="Delete", exact=True).click()
        answer(page, mode, "Delete the post")
        expect(page.get_by_text("The post is deleted.")).to_be_visible()
        expect(page.get_by_text("What do you call it?")).to_have_count(0)

    def test_is_closed_and_opened_by_its_author(
        self, page, mode, log_in, post, assert_accessible
    ):
        log_in("alice")
        page.goto(post.get_absolute_url())

        press(page, "Close the comments")
        expect(page.get_by_text("The author has closed the comments.")).to_be_visible()
        expect(page.get_by_label("Your comment")).to_have_count(0)
        assert_accessible()

        press(page, "Open the comments")
        expect(page.get_by_label("Your comment")).to_be_visible()

    def test_leads_to_its_neighbours(self, page, alice, post, assert_accessible):
        newer = PostFactory(author=alice, body="The next one")
        page.goto(post.get_absolute_url())

        page.get_by_role("link", name="Newer post").click()
        expect(page).to_have_url(newer.get_absolute_url())
        assert_accessible()
        page.get_by_role("link", name="Older post").click()
        expect(page).to_have_url(post.get_absolute_url())


class TestDialog:
    @pytest.fixture
    def question(self, page, log_in, post):
        log_in("alice")
        page.goto(post.get_absolute_url())
        page.get_by_role("link", name="Delete", exact=True).click()
        expect(page.get_by_role("dialog")).to_be_visible()
        return page.get_by_role("dialog", name="Delete this post?")

    def test_offers_what_is_harmless_first_and_gives_the_focus_back(
        self, page, question
    ):
        expect(page.locator(":focus")).to_have_text("Keep it")

        page.keyboard.press("Escape")

        expect(question).to_have_count(0)
        expect(page.locator(":focus")).to_have_text("Delete")

    def test_becomes_a_page_when_the_session_has_ended(self, page, log_in, post):
        log_in("alice")
        page.goto(post.get_absolute_url())
        page.context.clear_cookies()

        page.get_by_role("link", name="Delete", exact=True).click()

        expect(page).to_have_url(re.compile("/auth/login/"))


class TestThread:
    @pytest.mark.parametrize("width", [360, 768, 1440])
    def test_fits_whatever_is_in_it(
        self, page, width, log_in, alice, post, assert_accessible
    ):
        Comment.objects.bulk_create(
            Comment(post=post, author=alice, body=body)
            for body in ("x" * 300, f"{RIGHT_TO_LEFT} " * 40, "<b>bold</b>")
        )
        page.set_viewport_size({"width": width, "height": 800})
        log_in("alice")

        page.goto(post.get_absolute_url())

        expect(page.get_by_text("<b>bold</b>")).to_be_visible()
        assert_fits(page)
        assert_accessible()
