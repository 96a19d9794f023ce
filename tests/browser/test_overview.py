import pytest
from playwright.sync_api import expect

from accounts import roles
from accounts import services as account_services
from accounts.services import Ruling
from blog import services
from tests.factories import (
    CommentFactory,
    OutgoingMailFactory,
    PostFactory,
    UserFactory,
)

pytestmark = pytest.mark.browser

LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamten"


@pytest.fixture
def site(db):
    """Ada, who administers, and what she did to Alice's texts."""
    ada = UserFactory(username="ada", role=roles.ADMINISTRATOR)
    alice = UserFactory(username="alice")
    post = PostFactory(author=alice, body=LONG_WORD * 2)
    comment = CommentFactory(author=alice, post=post)
    ruling = Ruling(actor=ada, reason=f"Not here.\n\n{LONG_WORD}")
    services.hide_posts(ruling=ruling, posts=[post])
    services.disable_comments(ruling=ruling, comments=[comment])
    other = Ruling(actor=ada, reason="Spam.")
    bob = UserFactory(username="bob")
    account_services.suspend_members(ruling=other, members=[bob], until=None)
    OutgoingMailFactory(failed=True)
    return post


class TestDeskFrontPage:
    def test_is_readable_in_every_mode(
        self, mode, site, page, log_in, assert_accessible
    ):
        log_in("ada")
        page.goto("/admin/")

        for summary in page.get_by_text("As a table").all():
            summary.click()

        expect(page.get_by_role("table")).to_have_count(4)
        expect(page.get_by_text("Mail that could not be sent")).to_be_visible()
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= page.viewport_size["width"]
        assert_accessible()


class TestRecord:
    def test_is_filtered_without_javascript_too(
        self, mode, site, page, log_in, assert_accessible
    ):
        log_in("ada")
        page.goto("/admin/accounts/decision/")
        rows = page.locator("#result_list tbody tr")
        expect(rows).to_have_count(3)
        assert_accessible()

        box = page.locator("#filter-about-text")
        box.fill("BOB")
        box.press("Enter")

        expect(rows).to_have_count(1)
        expect(rows).to_contain_text("Suspended a member")

    def test_is_told_to_whom_it_befell(
        self, mode, site, page, log_in, assert_accessible
    ):
        log_in("alice")
        page.goto(site.get_absolute_url())
        expect(page.get_by_text("Not here.")).to_have_count(2)
        assert_accessible()

        page.get_by_role("link", name="What you can do").first.click()

        expect(page.get_by_text("A post of yours was hidden.")).to_be_visible()
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= page.viewport_size["width"]
        assert_accessible()
