import pytest
from playwright.sync_api import expect

from social.models import Follow
from tests.factories import FollowFactory, PostFactory, UserFactory
from tests.factories.accounts import PASSWORD

from .test_pages import assert_fits

pytestmark = pytest.mark.browser


@pytest.fixture
def other(browser, browser_context_args):
    """The page of somebody else, in a browser of their own."""
    context = browser.new_context(**browser_context_args)
    yield context.new_page()
    context.close()


def log_in_on(page, login):
    page.goto("/auth/login/")
    page.get_by_label("E-mail address or username").fill(login)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()
    expect(page.get_by_role("link", name="Register")).to_have_count(0)


def press(page, name):
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


class TestFollowing:
    def test_goes_both_ways_in_two_windows(
        self, page, other, mode, log_in, assert_accessible
    ):
        alice = UserFactory(username="alice", name="Alice", location="The hill")
        bob = UserFactory(username="bob", name="Bob")
        FollowFactory(followed=bob)
        PostFactory(author=bob, body="What Bob wrote")
        log_in("alice")
        log_in_on(other, "bob")

        page.goto("/user/bob/")
        expect(page.locator("#follower-count")).to_have_text("1 follower")
        press(page, "Follow Bob")
        expect(page.get_by_role("button", name="Unfollow Bob")).to_be_visible()
        expect(page.locator("#follower-count")).to_have_text("2 followers")
        expect(page.get_by_text("What Bob wrote")).to_be_visible()
        assert_fits(page)
        assert_accessible()

        other.goto("/followers/bob/")
        expect(other.get_by_role("link", name="Alice")).to_be_visible()
        expect(other.locator("li", has_text="Alice")).to_contain_text("Follows you")
        press(other, "Follow Alice")
        expect(other.get_by_role("button", name="Unfollow Alice")).to_be_visible()
        assert Follow.objects.between(bob, alice).exists()

        page.goto("/followers/alice/")
        expect(page.get_by_role("link", name="Bob")).to_be_visible()
        expect(page.get_by_text("Follows you")).to_be_visible()
        assert_fits(page)
        assert_accessible()
        press(page, "Unfollow Bob")
        expect(
            page.get_by_role("button", name="Follow Bob", exact=True)
        ).to_be_visible()

        other.goto("/user/alice/")
        expect(other.get_by_text("Follows you")).to_have_count(0)
        assert not Follow.objects.between(alice, bob).exists()

    def test_keeps_the_page_where_it_is_and_the_focus_on_the_button(
        self, page, log_in, assert_accessible
    ):
        UserFactory.create_batch(30)
        log_in(UserFactory(username="alice").username)
        page.goto("/people/")
        button = page.locator(".follow button").nth(25)
        name = button.inner_text()
        button.focus()
        scrolled = page.evaluate("() => scrollY")
        assert scrolled > 0

        page.keyboard.press("Enter")
        expect(page.locator(":focus")).to_have_text(name.replace("Follow", "Unfollow"))
        page.keyboard.press("Enter")
        expect(page.locator(":focus")).to_have_text(name)

        assert page.evaluate("() => scrollY") == scrolled
        assert not Follow.objects.exists()
        assert_accessible()

    def test_says_what_happened_to_a_member_who_left_meanwhile(self, page, log_in):
        bob = UserFactory(username="bob")
        log_in(UserFactory(username="alice").username)
        page.goto("/user/bob/")
        bob.is_active = False
        bob.save(update_fields=["is_active"])

        press(page, "Follow bob")

        expect(page.get_by_text("404")).to_be_visible()

    def test_says_when_one_follows_as_many_as_one_can(self, page, log_in, settings):
        settings.FOLLOWS_AT_MOST = 0
        UserFactory(username="bob")
        log_in(UserFactory(username="alice").username)
        page.goto("/user/bob/")

        press(page, "Follow bob")

        expect(page.get_by_text("as many people as one can")).to_be_visible()
        expect(
            page.get_by_role("button", name="Follow bob", exact=True)
        ).to_be_visible()

    def test_is_offered_to_strangers_who_come_back_after_logging_in(self, page, log_in):
        UserFactory(username="bob")
        UserFactory(username="alice")
        page.goto("/user/bob/")
        page.get_by_role("link", name="Log in to follow").click()

        page.get_by_label("E-mail address or username").fill("alice")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Log in", exact=True).click()

        expect(page).to_have_url("/user/bob/")
        expect(
            page.get_by_role("button", name="Follow bob", exact=True)
        ).to_be_visible()


class TestPeople:
    @pytest.mark.parametrize("width", [360, 768, 1440])
    def test_are_found_by_name_and_shown_on_any_screen(
        self, page, mode, width, log_in, assert_accessible
    ):
        long_name = "Ottilie Donaudampfschifffahrtselektrizitätenhauptbetriebswerk"
        ottilie = UserFactory(username="o" * 64, name=long_name)
        alice = UserFactory(username="alice")
        FollowFactory(follower=ottilie, followed=alice)
        UserFactory.create_batch(60)
        page.set_viewport_size({"width": width, "height": 800})
        page.goto("/people/")
        assert_fits(page)
        log_in("alice")
        page.goto("/people/")
        assert_fits(page)
        assert_accessible()

        page.get_by_role("link", name="Older").click()
        expect(page.get_by_role("link", name=long_name)).to_be_visible()
        expect(page.get_by_role("link", name="Newer")).to_be_visible()
        assert_fits(page)
        assert_accessible()

        page.get_by_label("Find people").fill("otti")
        page.keyboard.press("Enter")
        expect(page.get_by_role("link", name=long_name)).to_be_visible()
        expect(page.locator(".person-rows > li")).to_have_count(1)
        assert_fits(page)
        assert_accessible()

        page.get_by_label("Find people").fill("nobody at all")
        page.get_by_role("button", name="Search").click()
        expect(page.get_by_text("Nobody is called that")).to_be_visible()
        assert_accessible()

    def test_have_lists_with_pages(self, page, mode, assert_accessible):
        star = UserFactory(username="star")
        for person in UserFactory.create_batch(51):
            FollowFactory(follower=person, followed=star)
        page.set_viewport_size({"width": 360, "height": 800})
        page.goto("/user/star/")
        page.locator("#follower-count").click()
        expect(page.locator(".person-rows > li")).to_have_count(50)
        assert_fits(page)
        assert_accessible()

        page.get_by_role("link", name="Next").click()
        expect(page.locator(".person-rows > li")).to_have_count(1)
        page.get_by_role("link", name="Following 0").click()
        expect(page.get_by_text("does not follow anybody yet")).to_be_visible()
        assert_accessible()
