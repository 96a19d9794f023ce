"""Text that is not sent yet, and what becomes of it."""

import pytest
from playwright.sync_api import expect

from accounts.models import User
from blog.models import Post
from tests.factories import PostFactory, UserFactory

pytestmark = pytest.mark.browser

RESTORED = "This is your text from before, not sent yet."


@pytest.fixture
def box(page, log_in):
    """The box of somebody who has just logged in."""
    UserFactory(username="alice")
    log_in("alice")
    return page.get_by_label("What’s on your mind?")


@pytest.fixture
def kept(page):
    """Count the texts that the browser keeps."""
    keys = "Object.keys(localStorage)"
    count = f"() => {keys}.filter((key) => key.startsWith('draft')).length"
    return lambda: page.evaluate(count)


def log_out(page):
    page.locator("#account-menu summary").click()
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("link", name="Log in").first).to_be_visible()


def publish(page):
    page.get_by_role("button", name="Publish").click()


def _lose_the_answer(route):
    route.fetch(max_redirects=0)
    route.abort("aborted")


class TestUnsentText:
    def test_survives_a_reload_and_says_so(self, page, box, assert_accessible):
        box.fill("A long thought")
        page.reload()

        expect(box).to_have_value("A long thought")
        expect(page.get_by_text(RESTORED)).to_be_visible()
        expect(page.locator(".count")).to_have_text("19,986 characters left")
        assert_accessible()

    def test_survives_a_browser_that_dies(self, page, box):
        box.fill("A long thought")
        page.wait_for_timeout(500)
        other = page.context.new_page()
        page.close(run_before_unload=False)

        other.goto("/")

        expect(other.locator("#id_body")).to_have_value("A long thought")

    def test_survives_the_end_of_the_session_and_the_next_log_in(
        self, page, box, log_in
    ):
        box.fill("A long thought")
        page.context.clear_cookies(name="sessionid")
        publish(page)
        expect(
            page.get_by_role("heading", name="You are not logged in")
        ).to_be_visible()

        log_in("alice")

        expect(box).to_have_value("A long thought")

    def test_survives_a_form_that_was_too_old(self, page, box):
        box.fill("A long thought")
        page.locator("#composer [name=csrfmiddlewaretoken]").evaluate(
            "field => (field.value = 'x'.repeat(64))"
        )
        publish(page)
        expect(page.get_by_text("403")).to_be_visible()

        page.goto("/")

        expect(box).to_have_value("A long thought")

    def test_survives_a_refusal_and_is_asked_about_once(self, page, box, kept):
        box.fill("x" * 20_001)
        publish(page)
        expect(page.locator(".invalid-feedback")).to_be_visible()

        expect(box).to_have_value("x" * 20_001)
        expect(page.get_by_text(RESTORED)).to_be_hidden()
        page.goto("/")
        expect(box).to_have_value("x" * 20_001)
        box.fill("Shorter")
        publish(page)
        expect(page.get_by_text("Your post is published.")).to_be_visible()
        assert kept() == 0

    def test_does_not_outlive_its_publication(self, page, box, kept):
        box.fill("Done")
        publish(page)
        expect(page.get_by_text("Your post is published.")).to_be_visible()

        expect(box).to_have_value("")
        assert kept() == 0
        page.reload()
        expect(box).to_have_value("")
        assert Post.objects.count() == 1

    def test_outlives_another_one_that_is_sent_unchanged(self, page, box, kept):
        post = PostFactory(author=User.objects.get(username="alice"))
        box.fill("A long thought")
        page.route("/", lambda route: route.abort("aborted"))
        publish(page)

        page.goto(f"/edit/{post.pk}/")
        page.get_by_role("button", name="Save the post").click()
        expect(page.get_by_text("The post is saved.")).to_be_visible()
        page.wait_for_load_state()

        assert kept() == 1
        page.unroute("/")
        page.goto("/")
        expect(box).to_have_value("A long thought")

    def test_is_forgotten_when_another_page_brings_the_news(self, page, box, kept):
        box.fill("Done")
        # The answer is lost on its way; the server has stored the text all the same.
        page.route("/", _lose_the_answer)
        publish(page)
        page.wait_for_timeout(1000)
        page.unroute("/")

        page.goto("/user/alice/")

        assert Post.objects.count() == 1
        assert kept() == 0

    def test_can_be_discarded_and_that_undone(self, page, box, kept):
        box.fill("A long thought")
        page.reload()

        page.get_by_role("button", name="Discard it").click()

        expect(box).to_have_value("")
        expect(box).to_be_focused()
        page.wait_for_timeout(500)
        assert kept() == 0
        page.keyboard.press("Control+z")
        expect(box).to_have_value("A long thought")

    def test_is_forgotten_when_it_is_deleted_by_hand(self, page, box, kept):
        box.fill("A long thought")
        page.reload()
        box.fill("")
        page.reload()

        expect(box).to_have_value("")
        assert kept() == 0


class TestOwner:
    def test_logs_out_and_leaves_nothing(self, page, box, kept, log_in):
        box.fill("A long thought")
        log_out(page)
        assert kept() == 0

        log_in("alice")

        expect(box).to_have_value("")

    def test_logs_out_elsewhere_and_leaves_nothing(self, page, box, kept):
        box.fill("A long thought")
        page.goto("/user/alice/")
        assert kept() == 1

        page.goto("/auth/logout/")
        page.get_by_role("main").get_by_role("button", name="Log out").click()
        expect(page.get_by_role("link", name="Log in").first).to_be_visible()

        assert kept() == 0

    def test_is_the_only_one_who_gets_it_back(self, page, box, log_in, kept):
        UserFactory(username="bob")
        box.fill("A long thought")
        page.reload()
        page.context.clear_cookies(name="sessionid")

        log_in("bob")
        expect(box).to_have_value("")
        box.fill("Bob’s own")
        page.wait_for_timeout(500)
        assert kept() == 2
        log_out(page)
        log_in("alice")

        expect(box).to_have_value("A long thought")
        assert kept() == 1


class TestLeaving:
    @pytest.fixture
    def questions(self, page):
        """What the browser asked before it left."""
        asked = []

        def accept(dialog):
            asked.append(dialog.type)
            dialog.accept()

        page.on("dialog", accept)
        return asked

    def test_asks_nothing_while_the_text_is_kept(self, page, box, questions):
        box.press_sequentially("A long thought")
        page.goto("/user/alice/")

        assert not questions

    def test_warns_when_the_browser_keeps_nothing(self, page, box, questions):
        page.evaluate(
            "() => { Storage.prototype.setItem = () => { throw new Error('full'); }; }"
        )
        box.press_sequentially("A long thought")
        page.goto("/user/alice/")

        assert questions == ["beforeunload"]

    def test_does_not_warn_who_sends(self, page, box, questions):
        page.evaluate(
            "() => { Storage.prototype.setItem = () => { throw new Error('full'); }; }"
        )
        box.press_sequentially("A long thought")
        publish(page)

        expect(page.get_by_text("Your post is published.")).to_be_visible()
        assert not questions


class TestTwoWindows:
    def test_offer_what_the_other_one_kept(self, page, box):
        box.fill("x" * 20_001)
        publish(page)
        expect(page.locator(".invalid-feedback")).to_be_visible()
        other = page.context.new_page()
        other.goto("/")
        other.locator("#id_body").fill("Something else")
        other.wait_for_timeout(500)

        # Sends again, so that the page comes with the text that was refused.
        page.evaluate("() => document.getElementById('composer').submit()")

        expect(page.get_by_text("There is a text of yours from before")).to_be_visible()
        expect(box).to_have_value("x" * 20_001)
        box.fill("Shorter")
        publish(page)
        expect(page.get_by_text("Your post is published.")).to_be_visible()
        expect(box).to_have_value("")
        page.get_by_role("button", name="Put it here").click()
        expect(box).to_have_value("Something else")
        page.reload()
        expect(box).to_have_value("Something else")


class TestComments:
    def test_are_kept_until_htmx_has_sent_them(
        self, page, box, kept, assert_accessible
    ):
        post = PostFactory()
        page.goto(post.get_absolute_url())
        comment = page.get_by_label("Your comment")
        comment.fill("A *short* answer")
        page.reload()
        expect(comment).to_have_value("A *short* answer")
        preview = page.get_by_role("region", name="Preview")
        expect(preview.locator("em")).to_have_text("short")
        assert_accessible()

        comment.press("Control+Enter")

        expect(page.get_by_text("Your comment is published.").first).to_be_visible()
        expect(comment).to_have_value("")
        expect(page.get_by_role("toolbar")).to_be_visible()
        assert kept() == 0
