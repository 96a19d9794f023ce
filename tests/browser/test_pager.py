import pytest
from playwright.sync_api import expect

from tests.factories import CommentFactory, PostFactory


@pytest.fixture
def posts(alice):
    """Three pages of them, the newest first."""
    made = [PostFactory(author=alice, body=f"Post {n} of 50") for n in range(1, 51)]
    return made[::-1]


def expect_page(page, number, posts):
    expect(page.locator(".pager [aria-current=page]")).to_have_text(f"Page {number}")
    shown = posts[20 * (number - 1) : 20 * number]
    cards = page.locator("#post-list > article")
    expect(cards).to_have_count(len(shown))
    expect(cards.first).to_contain_text(shown[0].body)
    # The whole page stands around it, once.
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("#post-list")).to_have_count(1)


def mark(page):
    """Leave a mark that goes when another document is loaded."""
    page.evaluate("() => { window.isMarked = true; }")


def is_marked(page):
    return page.evaluate("() => window.isMarked === true")


@pytest.mark.usefixtures("posts")
class TestForMembers:
    @pytest.fixture(autouse=True)
    def reader(self, bob, log_in):
        log_in("bob")

    def test_turns_pages_in_place_and_keeps_the_address_in_step(
        self, page, posts, assert_accessible
    ):
        page.goto("/user/alice/")
        title = page.title()
        mark(page)

        page.get_by_role("link", name="Next").click()
        expect_page(page, 2, posts)
        expect(page).to_have_url("/user/alice/?page=2")
        page.locator(".pager").get_by_role("link", name="Page 3").click()
        expect_page(page, 3, posts)

        expect(page).to_have_url("/user/alice/?page=3")
        assert is_marked(page)
        assert page.title() == title
        assert_accessible()

    def test_goes_back_and_forward_through_the_pages(self, page, posts):
        page.goto("/user/alice/")
        page.get_by_role("link", name="Next").click()
        expect_page(page, 2, posts)

        page.go_back()
        expect_page(page, 1, posts)
        expect(page).to_have_url("/user/alice/")
        page.go_forward()

        expect_page(page, 2, posts)
        expect(page).to_have_url("/user/alice/?page=2")

    def test_comes_back_from_a_post_to_the_whole_page(self, page, posts):
        page.goto("/user/alice/")
        page.get_by_role("link", name="Next").click()
        expect_page(page, 2, posts)
        page.goto(posts[0].get_absolute_url())

        page.go_back()

        expect_page(page, 2, posts)

    def test_stays_where_it_is_when_reloaded(self, page, posts):
        page.goto("/user/alice/")
        page.get_by_role("link", name="Next").click()
        expect_page(page, 2, posts)

        page.reload()

        expect_page(page, 2, posts)

    def test_begins_at_the_top_of_the_list_for_eyes_keyboard_and_ears(
        self, page, posts
    ):
        page.goto("/user/alice/")
        page.get_by_role("link", name="Next").focus()

        page.keyboard.press("Enter")
        expect_page(page, 2, posts)

        expect(page.locator("#profile-posts")).to_be_focused()
        expect(page.locator("#post-list > article").first).to_be_in_viewport()
        expect(page.get_by_role("status")).to_have_text("Page 2 of 3")
        page.keyboard.press("Tab")
        expect(
            page.locator("#post-list > article").first.locator(":focus")
        ).to_be_visible()

    def test_leaves_a_click_with_control_to_the_browser(self, page, posts, context):
        page.goto("/user/alice/")

        with context.expect_page() as opened:
            page.get_by_role("link", name="Next").click(modifiers=["ControlOrMeta"])

        expect_page(opened.value, 2, posts)
        expect_page(page, 1, posts)


@pytest.mark.usefixtures("posts")
class TestOnTheHomePage:
    def test_turns_pages_and_names_who_wrote_them(self, page, bob, posts, log_in):
        PostFactory.create_batch(20, author=bob)
        log_in("bob")
        page.goto("/")
        writers = page.locator("#writers")
        expect(writers.get_by_role("link")).to_have_text("bob")

        page.get_by_role("link", name="Next").click()

        expect(page).to_have_url("/?page=2")
        expect(page.locator("#post-list > article").first).to_contain_text(
            posts[0].body
        )
        expect(writers.get_by_role("link")).to_have_text("alice")
        expect(page.locator("#home-posts")).to_be_focused()


class TestUnderAPost:
    def test_turns_to_the_comments_and_keeps_what_is_typed(
        self, page, bob, log_in, assert_accessible
    ):
        post = PostFactory(body="word " * 2000)
        comments = CommentFactory.create_batch(31, post=post)
        log_in("bob")
        page.goto(post.get_absolute_url())
        page.get_by_role("textbox").fill("Half a sentence")

        page.get_by_role("link", name="Next").click()
        expect(page.locator("#comments > article")).to_have_count(1)

        expect(page.locator(f"#comment-{comments[-1].pk}")).to_be_in_viewport()
        expect(page.locator("#comments")).to_be_focused()
        expect(page).to_have_url(f"{post.get_absolute_url()}?page=2#comments")
        expect(page.get_by_role("textbox")).to_have_value("Half a sentence")
        assert_accessible()


class TestForStrangers:
    @pytest.fixture(params=["with JavaScript", "without"])
    def browser_context_args(self, browser_context_args, request):
        runs_scripts = request.param == "with JavaScript"
        return {**browser_context_args, "java_script_enabled": runs_scripts}

    def test_is_made_of_plain_links(self, page, posts):
        page.goto("/user/alice/")

        page.get_by_role("link", name="Next").click()
        expect_page(page, 2, posts)
        expect(page).to_have_url("/user/alice/?page=2")
        page.go_back()

        expect_page(page, 1, posts)
