"""People in a real Chromium, with and without JavaScript, in light and dark."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.factories.accounts import PASSWORD

MODES = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "no JavaScript": {"java_script_enabled": False},
}


@pytest.fixture(autouse=True)
def _database(transactional_db):
    """The server runs in a thread of its own and sees only what is committed."""


@pytest.fixture(params=MODES)
def mode(request):
    return request.param


@pytest.fixture
def browser_context_args(browser_context_args, request, live_server):
    """A phone's width unless a test says otherwise; the mode when it asks for one."""
    chosen = (
        MODES[request.getfixturevalue("mode")] if "mode" in request.fixturenames else {}
    )
    return {
        **browser_context_args,
        "base_url": live_server.url,
        "viewport": {"width": 390, "height": 844},
        **chosen,
    }


@pytest.fixture
def page(page):
    """A page that fails the test when something goes wrong behind the scenes."""
    troubles = []
    page.on("pageerror", lambda error: troubles.append(f"JavaScript: {error}"))
    page.on("console", lambda message: _note_console(message, troubles))
    page.on("requestfailed", lambda request: _note_failure(request, troubles))
    page.on("request", lambda request: _note_foreign(request, troubles))
    yield page
    assert not troubles


def _note_console(message, troubles):
    # Chromium reports every answer of 4xx here, and htmx does too; tests ask for them
    # on purpose.
    is_refusal = re.search("status of 4|Status Error Code 4", message.text)
    if message.type == "error" and not is_refusal:
        troubles.append(f"console: {message.text}")


def _note_failure(request, troubles):
    # A picture still loading when the next page is opened is given up.
    if request.failure != "net::ERR_ABORTED":
        troubles.append(f"failed: {request.url} {request.failure}")


def _note_foreign(request, troubles):
    if not request.url.startswith(("http://localhost:", "http://127.0.0.1:", "data:")):
        troubles.append(f"request to another host: {request.url}")


@pytest.fixture
def assert_accessible(page, request):
    """Run axe-core on the page as it stands."""
    runs_scripts = (
        "mode" not in request.fixturenames
        or request.getfixturevalue("mode") != "no JavaScript"
    )

    def assert_accessible():
        if not runs_scripts:
            return
        result = Axe().run(page)
        assert result.violations_count == 0, result.generate_report()

    return assert_accessible


@pytest.fixture
def type_password(page):
    """Send the log-in form, whatever comes after it."""

    def type_password(login):
        page.goto("/auth/login/")
        page.get_by_label("E-mail address or username").fill(login)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_label("Keep me logged in").check()
        page.get_by_role("button", name="Log in", exact=True).click()

    return type_password


@pytest.fixture
def log_in(page, type_password):
    """Log somebody in by the form, as a person would."""

    def log_in(login):
        type_password(login)
        expect(page.get_by_role("link", name="Register")).to_have_count(0)

    return log_in
