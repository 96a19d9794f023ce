"""Writing with the preview and the tools of the composer."""

import pytest
from playwright.sync_api import expect

from blog.models import Post
from tests.factories import PostFactory, UserFactory

pytestmark = pytest.mark.browser

LONG_TEXT = (
    "# A heading\n\nSome **bold** words, `code` and [a link](https://example.com/).\n\n"
    "- one\n- two\n\n> quoted\n\n```\n" + "a very long line of code " * 20 + "\n```\n"
)


@pytest.fixture
def box(page, log_in):
    """The box of somebody who has just logged in."""
    PostFactory(author=UserFactory(username="alice"))
    log_in("alice")
    return page.get_by_label("What’s on your mind?")


@pytest.fixture
def preview(page):
    return page.get_by_role("region", name="Preview")


@pytest.fixture
def questions(page):
    """What was asked about, in order."""
    texts = []

    def note(request):
        if "/markdownx/markdownify/" in request.url:
            texts.append(request.post_data)

    page.on("request", note)
    return texts


class TestPreview:
    def test_follows_the_text_and_is_what_gets_published(self, page, box, preview):
        expect(preview).to_be_hidden()

        box.press_sequentially("Hello *wor")
        expect(preview).to_contain_text("Hello *wor")
        box.press_sequentially("ld*")

        expect(preview.locator("em")).to_have_text("world")
        shown = preview.locator(".prose").inner_html()
        page.get_by_role("button", name="Publish").click()
        expect(page.get_by_text("Your post is published.")).to_be_visible()
        assert shown == Post.objects.latest("id").body_html

    def test_asks_nothing_about_no_text_and_nothing_twice(
        self, page, box, preview, questions
    ):
        box.focus()
        box.fill("  \n")
        page.wait_for_timeout(800)
        assert not questions

        box.fill("Hello")
        expect(preview).to_contain_text("Hello")
        box.blur()
        box.focus()
        box.fill("Hello")
        page.wait_for_timeout(800)

        assert len(questions) == 1

    def test_asks_at_most_three_times_a_second_of_a_fast_typist(
        self, page, box, preview, questions
    ):
        # A clock that is not paused goes on by itself too, on a busy machine for long.
        page.clock.install(time="2026-01-01")
        page.goto("/")
        page.clock.pause_at("2026-01-02")

        for _ in range(20):
            box.press_sequentially("x")
            page.clock.run_for(100)

        page.clock.run_for(1000)
        expect(preview.locator(".prose")).to_have_text("x" * 20)
        assert 2 <= len(questions) <= 6

    def test_goes_with_the_text(self, box, preview):
        box.fill("Hello")
        expect(preview).to_be_visible()

        box.fill("")

        expect(preview).to_be_hidden()

    def test_shows_the_sentence_of_a_refusal_beside_the_last_one(self, box, preview):
        box.fill("Hello")
        expect(preview.locator(".prose")).to_have_text("Hello")

        box.fill("Hell\ufffd")

        expect(preview).to_contain_text("did not arrive intact")
        expect(preview.locator(".prose")).to_have_text("Hello")
        box.fill("Corrected")
        expect(preview.locator(".prose")).to_have_text("Corrected")
        expect(preview.get_by_text("did not arrive")).to_be_hidden()

    def test_leaves_it_to_the_count_to_say_that_a_text_is_too_long(
        self, page, box, preview, questions
    ):
        box.fill("x" * 20_001)
        page.wait_for_timeout(800)

        expect(preview).to_be_hidden()
        assert not questions

    def test_never_shows_a_page_when_the_session_has_ended(self, page, box, preview):
        page.context.clear_cookies()

        box.fill("Hello")

        expect(preview).to_contain_text("No preview at the moment.")
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        expect(box).to_have_value("Hello")

    def test_comes_back_after_a_while_offline(self, page, box):
        # A page of its own, since what fails there is meant to.
        window = page.context.new_page()
        window.goto("/")
        preview = window.get_by_role("region", name="Preview")
        window.context.set_offline(True)
        window.locator("#id_body").fill("Hello")
        expect(preview).to_contain_text("No preview at the moment.")

        window.context.set_offline(False)
        window.locator("#id_body").press_sequentially(" again")

        expect(preview.locator(".prose")).to_have_text("Hello again")

    @pytest.mark.parametrize("width", [360, 768, 1440])
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_fits_and_is_accessible_with_all_that_is_around_it(
        self, page, box, preview, width, scheme, assert_accessible
    ):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        box.fill(LONG_TEXT)
        expect(preview.locator("li")).to_have_count(2)
        page.get_by_text("Writing in Markdown").click()

        wide = "() => document.documentElement.scrollWidth - window.innerWidth"
        assert page.evaluate(wide) <= 0
        assert_accessible()


class TestKeyboard:
    def test_leaves_the_box_with_tab_both_ways(self, page, box, preview):
        box.fill("Hello")
        expect(preview).to_be_visible()
        box.focus()

        page.keyboard.press("Tab")
        expect(page.get_by_text("Writing in Markdown")).to_be_focused()
        page.keyboard.press("Shift+Tab")
        expect(box).to_be_focused()
        page.keyboard.press("Shift+Tab")

        expect(page.get_by_role("button", name="Bold")).to_be_focused()
        expect(box).to_have_value("Hello")

    def test_leaves_keys_alone_that_are_the_browser_s(self, page, box, preview):
        box.fill("one\ntwo")
        expect(preview).to_be_visible()
        box.focus()

        for keys in ("Control+[", "Control+]", "Control+d"):
            page.keyboard.press(keys)

        expect(box).to_have_value("one\ntwo")

    def test_sends_with_control_and_enter(self, page, box):
        box.fill("Hello")

        box.press("Control+Enter")

        expect(page.get_by_text("Your post is published.")).to_be_visible()


class TestWithoutJavaScript:
    @pytest.fixture
    def mode(self):
        return "no JavaScript"

    def test_shows_the_preview_when_asked_and_keeps_the_text(self, page, box, mode):
        expect(page.get_by_role("toolbar")).to_have_count(0)
        expect(page.get_by_text("Discard it")).to_be_hidden()
        box.fill("Hello *world*")

        page.get_by_role("button", name="Preview").click()

        shown = page.get_by_role("region", name="Preview, not sent yet")
        expect(shown.locator("em")).to_have_text("world")
        expect(box).to_have_value("Hello *world*")
        assert Post.objects.count() == 1
        page.get_by_role("button", name="Publish").click()
        expect(page.get_by_text("Your post is published.")).to_be_visible()

    def test_explains_markdown(self, page, box, mode):
        page.get_by_text("Writing in Markdown").click()

        expect(page.get_by_role("cell", name="**bold**")).to_be_visible()
