import re

import pytest
from playwright.sync_api import expect

from tests.factories import OutgoingMailFactory, UserFactory
from tests.factories.accounts import PASSWORD
from tests.links import link_in

pytestmark = pytest.mark.browser

NEW = "a new battery staple"


@pytest.fixture
def alice():
    return UserFactory(username="alice")


@pytest.fixture
def elsewhere(new_context, alice):
    """Alice logged in on another machine."""
    page = new_context().new_page()
    page.goto("/auth/login/")
    page.get_by_label("E-mail address or username").fill("alice")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()
    expect(page).to_have_url(re.compile("/$"))
    return page


def is_logged_in(page):
    page.goto("/auth/sessions/")
    return "/auth/login/" not in page.url


class TestPassword:
    def test_is_changed_and_ends_the_other_sessions(
        self, page, mode, elsewhere, log_in, assert_accessible
    ):
        log_in("alice")
        page.goto("/auth/change-password/")
        assert_accessible()
        page.get_by_label("Current password").fill(PASSWORD)
        page.get_by_label("New password", exact=True).fill(NEW)
        page.get_by_label("New password (again)").fill(NEW)
        page.get_by_role("button", name="Change password").click()

        expect(page.get_by_text("Your password is changed.")).to_be_visible()
        assert is_logged_in(page)
        assert not is_logged_in(elsewhere)

    def test_is_reset_by_a_link(self, page, mode, alice, mailoutbox, assert_accessible):
        page.goto("/auth/reset/")
        assert_accessible()
        page.get_by_label("E-mail address").fill("Alice@Example.com")
        page.get_by_role("button", name="Send the link").click()
        assert_accessible()

        page.goto(link_in(mailoutbox[0], "/auth/reset/"))
        assert_accessible()
        page.get_by_label("New password", exact=True).fill(NEW)
        page.get_by_label("New password (again)").fill(NEW)
        page.get_by_role("button", name="Save the new password").click()

        expect(page).to_have_url(re.compile("/auth/reset/done/"))
        alice.refresh_from_db()
        assert alice.check_password(NEW)


class TestAddress:
    def test_is_changed_by_a_link_to_the_new_one(
        self, page, mode, alice, mailoutbox, log_in, assert_accessible
    ):
        log_in("alice")
        page.goto("/auth/change-email/")
        page.get_by_label("New e-mail address").fill("next@example.com")
        page.get_by_role("main").get_by_role("button").last.click()
        expect(page.get_by_text("next@example.com").first).to_be_visible()
        assert_accessible()
        alice.refresh_from_db()
        assert alice.email == "alice@example.com"

        page.goto(link_in(mailoutbox[0], "/auth/confirm/"))
        page.get_by_role("main").get_by_role("button", name="Confirm").click()

        expect(page).to_have_url(re.compile("/auth/change-email/|/$"))
        alice.refresh_from_db()
        assert alice.email == "next@example.com"
        assert mailoutbox[-1].to == ["alice@example.com"]


class TestSessions:
    def test_are_listed_and_ended(
        self, page, mode, elsewhere, log_in, assert_accessible
    ):
        log_in("alice")
        page.goto("/auth/sessions/")
        rows = page.get_by_role("main").get_by_role("listitem")
        expect(rows).to_have_count(2)
        expect(rows.first).to_contain_text("This browser")
        assert_accessible()

        rows.nth(1).get_by_role("button", name="Log out").click()

        expect(rows).to_have_count(1)
        assert not is_logged_in(elsewhere)

    def test_are_ended_all_at_once(self, page, mode, elsewhere, log_in):
        log_in("alice")
        page.goto("/auth/sessions/")

        page.get_by_role("button", name="Log out everywhere but here").click()

        expect(page.get_by_text("1 other browser is logged out.")).to_be_visible()
        assert not is_logged_in(elsewhere)


class TestOutbox:
    def test_is_read_and_sent_again_by_an_administrator(self, page, mailoutbox, log_in):
        UserFactory(username="ada", role="Administrator")
        OutgoingMailFactory(failed=True)
        page.set_viewport_size({"width": 1280, "height": 800})
        log_in("ada")

        page.goto("/admin/")
        page.get_by_role("link", name="Messages").first.click()
        expect(page.get_by_text("It failed.")).to_be_visible()
        page.get_by_role("checkbox").last.check()
        page.locator("select[name=action]").select_option("resend")
        page.get_by_role("button", name="Go").click()

        expect(page.get_by_text("1 message is queued.")).to_be_visible()
        assert len(mailoutbox) == 1
