import time

import pytest
from playwright.sync_api import expect

from blog import services
from blog.models import Post
from tests.factories import UserFactory

pytestmark = pytest.mark.browser


@pytest.fixture
def home(page, log_in):
    """The home page of somebody who has just logged in."""
    UserFactory(username="alice")
    log_in("alice")
    expect(page.get_by_role("button", name="Publish")).to_be_visible()
    return page


class TestMenu:
    def test_closes_on_escape_and_gives_the_focus_back(self, home):
        home.locator("#account-menu summary").click()
        expect(home.get_by_role("button", name="Log out")).to_be_visible()

        home.keyboard.press("Escape")

        expect(home.get_by_role("button", name="Log out")).to_be_hidden()
        expect(home.locator("#account-menu summary")).to_be_focused()

    def test_closes_on_a_click_elsewhere(self, home):
        home.locator("#account-menu summary").click()

        home.locator("#content").click(position={"x": 1, "y": 1})

        expect(home.get_by_role("button", name="Log out")).to_be_hidden()


class TestSending:
    def test_takes_two_presses_for_one(self, home, monkeypatch):
        create_post = services.create_post

        def create_post_slowly(**fields):
            time.sleep(1)
            return create_post(**fields)

        monkeypatch.setattr(services, "create_post", create_post_slowly)
        home.get_by_label("What’s on your mind?").fill("Once")

        home.get_by_role("button", name="Publish").evaluate(
            "button => { button.click(); setTimeout(() => button.click(), 300); }"
        )

        expect(home.get_by_text("Your post is published.")).to_be_visible()
        assert Post.objects.count() == 1


class TestMessages:
    def test_can_be_put_away(self, home):
        message = home.locator("#messages .message")
        expect(message).to_have_count(1)

        message.get_by_role("button", name="Dismiss").click()

        expect(message).to_have_count(0)


class TestComposer:
    def test_grows_with_the_text(self, home):
        box = home.locator("#id_body")
        before = box.bounding_box()["height"]

        box.fill("A line\n" * 12)

        assert box.bounding_box()["height"] > before

    def test_shows_and_says_how_little_is_left(self, home):
        home.locator("#id_body").fill("x" * 19_990)

        expect(home.locator(".count")).to_have_text("10 characters left")
        expect(home.locator("#composer").get_by_role("status")).to_have_text(
            "10 characters left"
        )
