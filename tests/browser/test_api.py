import json
import re

import pytest
from playwright.sync_api import expect

from accounts.models.tokens import ApiToken
from blog.models import Post
from tests.api.client import ApiClient
from tests.factories import PostFactory, UserFactory
from tests.factories.tokens import token_of

from .test_pages import assert_fits

pytestmark = pytest.mark.browser

SCRIPT = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"


@pytest.fixture
def alice():
    return UserFactory(username="alice")


def make_token(page, name):
    page.goto("/auth/tokens/")
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Make the token").click()


class TestTokens:
    def test_are_made_shown_once_used_and_revoked(
        self, page, mode, alice, log_in, assert_accessible
    ):
        page.set_viewport_size({"width": 360, "height": 800})
        log_in("alice")
        make_token(page, "Backup")

        secret = page.get_by_label("This is Backup").input_value()
        assert re.fullmatch(r"flasky_[\w-]{43}", secret)
        assert ApiClient(f"Bearer {secret}").get("users/me").status_code == 200
        assert_fits(page)
        assert_accessible()

        page.goto("/auth/tokens/")
        assert secret not in page.content()
        page.get_by_role("link", name="Revoke Backup").click()
        assert_fits(page)
        assert_accessible()
        page.get_by_role("button", name="Revoke the token").click()

        expect(page.get_by_text("The token is revoked.")).to_be_visible()
        expect(page.get_by_text("You have no token yet.")).to_be_visible()
        assert ApiClient(f"Bearer {secret}").get("users/me").status_code == 401
        assert_accessible()

    def test_are_made_and_copied_with_the_keyboard_alone(self, page, alice, log_in):
        log_in("alice")
        page.goto("/auth/tokens/")
        page.get_by_label("Name").focus()
        page.keyboard.type("Backup")
        page.keyboard.press("Enter")

        field = page.get_by_label("This is Backup")
        expect(field).to_be_focused()
        page.keyboard.press("Control+a")
        page.keyboard.press("Control+c")
        page.get_by_label("Name").focus()
        page.keyboard.press("Control+v")

        expect(page.get_by_label("Name")).to_have_value(field.input_value())

    def test_keep_long_names_on_the_page(self, page, alice, log_in, assert_accessible):
        page.set_viewport_size({"width": 360, "height": 800})
        token_of(alice, name="W" * 64)
        ApiToken.objects.update(scopes="moderate read write")
        log_in("alice")
        page.goto("/auth/tokens/")

        assert_fits(page)
        assert_accessible()


class TestPagesOfTheApi:
    @pytest.fixture
    def dialogs(self, page):
        """Return what scripts say that somebody smuggled in."""
        said = []
        page.on(
            "dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss())
        )
        return said

    def test_show_texts_as_what_they_are(self, page, alice, log_in, dialogs):
        post = PostFactory(author=alice, body=SCRIPT)
        log_in("alice")
        for address in ("", "posts/", f"posts/{post.pk}", "users/me", "nothing"):
            page.goto(f"/api/v1/{address}?{SCRIPT}")

        page.goto(f"/api/v1/posts/{post.pk}")
        expect(page.locator(".response-info")).to_contain_text("onerror=alert(2)")
        assert dialogs == []

    def test_write_with_the_session(self, page, alice, log_in, dialogs):
        log_in("alice")
        page.goto("/api/v1/posts/")
        page.get_by_role("textbox", name="Content").fill(json.dumps({"body": SCRIPT}))
        page.get_by_role("button", name="POST").click()

        expect(page.locator(".response-info")).to_contain_text("HTTP 201 Created")
        assert Post.objects.get().body == SCRIPT
        assert dialogs == []

    def test_let_people_try_the_document_with_a_token(self, page, alice):
        secret = token_of(alice)[1]
        page.goto("/api/v1/docs/")
        page.get_by_role("button", name="Authorize").click()
        page.get_by_label("Value").fill(secret)
        form = page.locator("form", has=page.get_by_label("Value"))
        form.get_by_role("button", name="Apply").click()
        page.get_by_role("button", name="Close").first.click()

        act = page.locator("#operations-users-users_me_retrieve")
        act.get_by_role("button").first.click()
        act.get_by_role("button", name="Execute").click()

        expect(act.locator(".live-responses-table")).to_contain_text('"alice"')
