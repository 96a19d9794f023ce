import re

import pytest
from playwright.sync_api import expect

from tests.factories import FollowFactory, PostFactory, UserFactory

pytestmark = pytest.mark.browser


@pytest.fixture
def alice():
    return UserFactory(username="alice")


@pytest.fixture
def bob():
    return UserFactory(username="bob", about_me="Bread and bicycles")


@pytest.fixture
def questions(page):
    """What the page asks by itself."""
    asked = []
    page.on(
        "request",
        lambda request: asked.append(request) if "new-posts" in request.url else None,
    )
    return asked


@pytest.fixture
def open_home(page, alice, log_in, questions):
    """Open the home page of Alice with a clock that the test moves."""

    def open_home():
        log_in("alice")
        page.clock.install()
        page.goto("/")

    return open_home


def texts(page):
    return page.locator("article .prose").all_inner_texts()


class TestTabs:
    def test_lead_from_everybody_to_those_one_follows_and_back(
        self, page, mode, alice, bob, log_in, assert_accessible
    ):
        FollowFactory(follower=alice, followed=bob)
        PostFactory(author=bob, body="From Bob")
        PostFactory(body="From somebody")
        log_in("alice")
        expect(page.get_by_role("link", name="All")).to_have_attribute(
            "aria-current", "true"
        )
        assert texts(page) == ["From somebody", "From Bob"]
        assert_accessible()

        page.get_by_role("link", name="Followed").click()
        expect(page.get_by_role("link", name="Followed")).to_have_attribute(
            "aria-current", "true"
        )
        expect(page).to_have_url(re.compile("[0-9]/$"))
        assert texts(page) == ["From Bob"]
        assert_accessible()

        page.get_by_label("What’s on your mind?").fill("From me")
        page.get_by_role("button", name="Publish").click()
        expect(page.get_by_text("Your post is published.")).to_be_visible()
        assert texts(page) == ["From me", "From Bob"]

        page.get_by_role("link", name="All").click()
        expect(page.get_by_text("From somebody")).to_be_visible()

    def test_walk_to_older_posts_and_back(self, page, mode, alice, log_in):
        PostFactory.create_batch(25, author=alice)
        log_in("alice")
        page.get_by_role("link", name="Followed").click()
        expect(page.locator("article")).to_have_count(20)

        page.get_by_role("link", name="Older").click()
        expect(page.locator("article")).to_have_count(5)

        page.get_by_role("link", name="Newer").click()
        expect(page.locator("article")).to_have_count(20)
        expect(page).to_have_url(re.compile("[0-9]/$"))


class TestInvitation:
    @pytest.mark.parametrize("width", [360, 1440])
    def test_leads_to_people_worth_following(
        self, page, mode, alice, bob, log_in, assert_accessible, width
    ):
        page.set_viewport_size({"width": width, "height": 800})
        PostFactory(author=bob)
        log_in("alice")
        page.get_by_role("link", name="Followed").click()

        invitation = page.locator("#invitation")
        expect(invitation).to_contain_text("Bread and bicycles")
        assert_accessible()
        invitation.get_by_role("link", name="bob").click()
        expect(page.get_by_role("heading", name="bob").first).to_be_visible()


class TestNewPosts:
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_are_offered_without_moving_what_is_read(
        self, page, open_home, bob, scheme, assert_accessible
    ):
        page.emulate_media(color_scheme=scheme)
        PostFactory.create_batch(20, author=bob)
        open_home()
        page.evaluate("scrollTo(0, 1500)")
        before = page.locator("article").nth(9).bounding_box()
        PostFactory.create_batch(2, author=bob, body="Fresh from Bob")

        page.clock.run_for(61_000)

        offer = page.get_by_role("link", name="2 new posts")
        expect(offer).to_be_in_viewport()
        expect(page.locator("#news [role=status]")).to_have_text("2 new posts")
        assert page.evaluate("scrollY") == 1500
        assert page.locator("article").nth(9).bounding_box() == before
        assert texts(page).count("Fresh from Bob") == 0
        assert_accessible()

        offer.click()
        expect(page.get_by_text("Fresh from Bob")).to_have_count(2)
        expect(page.locator("article").first).to_contain_text("Fresh from Bob")
        expect(page.get_by_role("link", name="new posts")).to_have_count(0)

    def test_are_counted_on_and_said_once(self, page, open_home, bob, questions):
        open_home()
        for count in (1, 2):
            PostFactory(author=bob)
            with page.expect_response(re.compile("new-posts")):
                page.clock.run_for(60_000)
            name = "1 new post" if count == 1 else "2 new posts"
            expect(page.get_by_role("link", name=name)).to_be_visible()

        expect(page.locator("#news [role=status]")).to_have_text("1 new post")
        assert len(questions) == 2

    def test_are_asked_for_once_a_minute_and_not_in_a_hidden_tab(
        self, page, open_home, questions
    ):
        open_home()
        page.clock.run_for(50_000)
        assert len(questions) == 0
        for _minute in range(3):
            with page.expect_response(re.compile("new-posts")):
                page.clock.run_for(60_000)
        assert len(questions) == 3

        hide(page, is_hidden=True)
        page.clock.run_for(600_000)
        assert len(questions) == 3

        with page.expect_response(re.compile("new-posts")):
            hide(page, is_hidden=False)
        hide(page, is_hidden=True)
        hide(page, is_hidden=False)
        page.clock.run_for(30_000)
        assert len(questions) == 4

    def test_are_not_asked_for_after_the_log_out(self, page, open_home, questions):
        open_home()
        page.context.clear_cookies()
        for _minute in range(3):
            page.clock.run_for(61_000)
            page.wait_for_load_state("networkidle")

        assert len(questions) == 1
        assert questions[0].response().status == 403

    @pytest.mark.parametrize("trouble", ["no network", "too often"])
    def test_are_asked_for_again_after_a_trouble(
        self, page, open_home, bob, questions, trouble
    ):
        open_home()
        PostFactory(author=bob)
        answers = {
            "no network": lambda route: route.abort("aborted"),
            "too often": lambda route: route.fulfill(status=429),
        }
        page.route("**/new-posts/**", answers[trouble])
        page.clock.run_for(61_000)
        page.wait_for_load_state("networkidle")
        assert len(questions) == 1
        page.unroute("**/new-posts/**")

        with page.expect_response(re.compile("new-posts")):
            page.clock.run_for(61_000)

        expect(page.get_by_role("link", name="1 new post")).to_be_visible()

    def test_are_not_asked_for_by_who_is_sent_elsewhere(
        self, page, open_home, alice, questions
    ):
        open_home()
        alice.confirmed_at = None
        alice.save(update_fields=["confirmed_at"])
        for _minute in range(3):
            page.clock.run_for(61_000)
            page.wait_for_load_state("networkidle")

        assert len(questions) == 1

    def test_are_not_asked_for_by_strangers(self, page, questions):
        PostFactory()
        page.clock.install()
        page.goto("/")
        page.clock.run_for(120_000)

        assert not questions


def hide(page, *, is_hidden):
    """Let the page believe that its tab is hidden, or shown again."""
    page.evaluate(
        """(isHidden) => {
            Object.defineProperty(document, "hidden", {
                value: isHidden, configurable: true });
            document.dispatchEvent(new Event("visibilitychange"));
        }""",
        is_hidden,
    )
