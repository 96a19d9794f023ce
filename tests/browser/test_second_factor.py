import re

import pytest
from playwright.sync_api import expect

from accounts.models import Session
from accounts.sessions import SessionStore
from tests.factories import UserFactory
from tests.factories.accounts import PASSWORD
from tests.second_factors import give_app, recovery_codes_of, totp_code

from .steps import log_out

pytestmark = pytest.mark.browser

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def browser_context_args(browser_context_args, live_server):
    """Passkeys belong to a name, and 127.0.0.1 is none."""
    named = live_server.url.replace("127.0.0.1", "localhost")
    return {**browser_context_args, "base_url": named}


@pytest.fixture
def alice():
    return UserFactory(username="alice")


@pytest.fixture
def telephone(page):
    """A device that knows its owner and never asks twice."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return session


def let_five_minutes_pass():
    """Whoever has just logged in is not asked again."""
    for session in Session.objects.exclude(user=None):
        store = SessionStore(session.session_key)
        for record in store["account_authentication_methods"]:
            record["at"] -= 301
        store.save()


def confirm_password(page):
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()


def type_code(page, code):
    page.get_by_label("Code").fill(code)
    page.get_by_role("main").get_by_role("button", name="Log in", exact=True).click()


def expect_signed_in(page):
    expect(page.get_by_label("What’s on your mind?")).to_be_visible()


def add_passkey(page):
    let_five_minutes_pass()
    page.goto("/auth/2fa/webauthn/add/")
    confirm_password(page)
    page.get_by_label("Name").fill("Telephone")
    page.get_by_role("button", name="Add the passkey").click()


class TestAuthenticatorApp:
    def test_is_set_up_and_asked_for_at_the_next_log_in(
        self, page, mode, alice, log_in, type_password, assert_accessible
    ):
        log_in("alice")
        page.locator("#account-menu summary").click()
        page.get_by_role("link", name="Security").first.click()
        assert_accessible()
        let_five_minutes_pass()
        page.get_by_role("link", name="Set up an app").click()
        confirm_password(page)
        expect(page.get_by_alt_text("A code to scan")).to_be_visible()
        assert_accessible()
        secret = page.locator(".secret code").text_content()
        page.get_by_label("The six digits").fill(totp_code(secret))
        page.get_by_role("button", name="Turn on").click()

        expect(page.locator(".codes li")).to_have_count(10)
        assert_accessible()
        page.get_by_role("link", name="I have kept them").click()
        expect(page.locator("#app .badge")).to_have_text("On")
        assert_accessible()

        log_out(page)
        type_password("alice")
        expect(page.get_by_role("heading", name="One more step")).to_be_visible()
        assert_accessible()
        type_code(page, "000000")
        expect(page.get_by_text("That did not work")).to_be_visible()
        assert_accessible()
        type_code(page, totp_code(secret, periods_ahead=1))
        expect_signed_in(page)

    def test_can_be_used_by_keyboard_alone(self, page, alice):
        secret = give_app(alice)
        page.goto("/auth/login/")

        page.get_by_label("E-mail address or username").focus()
        page.keyboard.type("alice")
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="One more step")).to_be_visible()
        for _ in range(12):
            page.keyboard.press("Tab")
            if page.evaluate("() => document.activeElement.name") == "code":
                break
        page.keyboard.type(totp_code(secret))
        page.keyboard.press("Enter")

        expect_signed_in(page)


class TestRecoveryCodes:
    def test_let_in_who_lost_the_app(self, page, mode, alice, type_password):
        give_app(alice)
        type_password("alice")

        type_code(page, recovery_codes_of(alice)[0])

        expect_signed_in(page)

    def test_can_be_downloaded_and_printed(self, page, mode, alice, type_password):
        secret = give_app(alice)
        type_password("alice")
        type_code(page, totp_code(secret))
        expect_signed_in(page)
        let_five_minutes_pass()
        page.goto("/auth/2fa/recovery-codes/")
        confirm_again(page, recovery_codes_of(alice)[0])

        with page.expect_download() as download:
            page.get_by_role("link", name="Download").click()

        kept = download.value.path().read_text().split()
        assert set(recovery_codes_of(alice)) <= set(kept)
        expect(page.get_by_role("button", name="Print")).to_be_visible(
            visible=mode != "no JavaScript"
        )


def confirm_again(page, code):
    page.get_by_role("link", name="Use a code").click()
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Confirm").click()


class TestPasskey:
    def test_is_added_and_logs_in_without_a_password(
        self, page, alice, log_in, telephone, assert_accessible
    ):
        log_in("alice")
        page.goto("/auth/2fa/webauthn/")
        assert_accessible()
        let_five_minutes_pass()
        page.get_by_role("link", name="Add a passkey").click()
        confirm_password(page)
        assert_accessible()
        page.get_by_label("Name").fill("Telephone")
        # By keyboard: Enter in the field is the button.
        page.keyboard.press("Enter")
        expect(page.locator(".codes li")).to_have_count(10)

        page.goto("/auth/2fa/webauthn/")
        expect(page.get_by_role("heading", name="Telephone")).to_be_visible()
        assert_accessible()
        log_out(page)
        page.goto("/auth/login/")
        assert_accessible()
        page.get_by_role("button", name="Log in with a passkey").click()

        expect_signed_in(page)

    def test_is_the_second_step_after_the_password(
        self, page, alice, log_in, type_password, telephone, assert_accessible
    ):
        log_in("alice")
        add_passkey(page)
        expect(page.locator(".codes li")).to_have_count(10)
        log_out(page)

        type_password("alice")
        assert_accessible()
        page.get_by_role("button", name="Use a passkey").click()

        expect_signed_in(page)

    def test_proves_who_one_is_and_can_be_renamed_and_removed(
        self, page, alice, log_in, telephone, assert_accessible
    ):
        log_in("alice")
        add_passkey(page)
        expect(page.locator(".codes li")).to_have_count(10)
        page.goto("/auth/2fa/webauthn/reauthenticate/?next=/auth/2fa/webauthn/")
        assert_accessible()
        page.get_by_role("button", name="Use a passkey").click()

        page.get_by_role("link", name="Rename").click()
        assert_accessible()
        page.get_by_label("Name").fill("Blue key")
        page.get_by_role("button", name="Save").click()
        page.get_by_role("link", name="Remove Blue key").click()
        assert_accessible()
        page.get_by_role("button", name="Remove").click()

        expect(page.get_by_text("You have none yet")).to_be_visible()

    def test_says_so_when_the_device_gives_none(self, page, telephone):
        page.goto("/auth/login/")

        page.get_by_role("button", name="Log in with a passkey").click()

        expect(page.get_by_text("Your device gave no passkey")).to_be_visible()

    def test_says_what_it_needs_without_javascript(self, page, mode):
        page.goto("/auth/login/")

        needs = page.get_by_text("A passkey needs JavaScript")
        button = page.get_by_role("button", name="Log in with a passkey")
        is_missing = mode == "no JavaScript"
        expect(needs).to_be_visible(visible=is_missing)
        expect(button).to_be_visible(visible=not is_missing)


class TestPages:
    PAGES = [
        "/auth/2fa/",
        "/auth/2fa/reauthenticate/",
        "/auth/2fa/recovery-codes/",
        "/auth/2fa/recovery-codes/",
        "/auth/2fa/recovery-codes/generate/",
        "/auth/2fa/totp/deactivate/",
        "/auth/2fa/webauthn/",
        "/auth/2fa/webauthn/add/",
    ]

    @pytest.mark.parametrize("width", [360, 1440])
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_fit_and_are_accessible(
        self, page, alice, type_password, width, scheme, assert_accessible
    ):
        secret = give_app(alice)
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        type_password("alice")
        type_code(page, totp_code(secret))
        expect_signed_in(page)
        let_five_minutes_pass()
        page.goto("/auth/2fa/recovery-codes/generate/")
        confirm_password(page)
        expect(page).to_have_url(re.compile("generate"))

        for address in self.PAGES:
            page.goto(address)
            excess = page.evaluate(
                "() => document.documentElement.scrollWidth - window.innerWidth"
            )
            assert excess <= 0
            assert_accessible()
