import pytest
from playwright.sync_api import expect

from tests.factories import CommentFactory, PostFactory, UserFactory

pytestmark = pytest.mark.browser

HARD_TEXT = (
    "#### A heading that is long enough to need two lines on a phone\n\n"
    + "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamten" * 3
    + "\n\nhttps://example.com/"
    + "x" * 300
    + "\n\n```\n"
    + "a very long line of code " * 20
    + "\n```\n\n"
    + "> a quote\n\n1. one\n2. two\n\n- a\n  - b\n\n---\n\nEnd with `code`."
)

PUBLIC = [
    "/",
    "/?page=2",
    "/post/{post}/",
    "/user/alice/",
    "/followers/alice/",
    "/people/",
    "/auth/login/",
    "/auth/register/",
    "/auth/reset/",
    "/auth/confirm/",
    "/auth/confirm/used-or-cut/",
    "/nothing-here/",
]
SIGNED_IN = [
    "/",
    "/edit-profile/",
    "/auth/change-password/",
    "/auth/change-email/",
    "/auth/logout/",
]


@pytest.fixture
def post():
    alice = UserFactory(username="alice", name="Alice", location="Here")
    PostFactory.create_batch(21, author=alice)
    post = PostFactory(author=alice, body=HARD_TEXT)
    CommentFactory.create_batch(31, post=post, author=alice)
    CommentFactory(post=post, author=alice, is_disabled=True)
    return post


def assert_fits(page):
    """Nothing may be wider than the window, but for what scrolls by itself."""
    excess = page.evaluate(
        "() => document.documentElement.scrollWidth - window.innerWidth"
    )
    assert excess <= 0


# How what has the focus looks with it and without: null on the body.
FOCUS_CHANGES = """() => {
    const element = document.activeElement;
    if (element === document.body) return null;
    const look = (node) => {
        const { outlineStyle, outlineColor, boxShadow, borderColor } =
            getComputedStyle(node);
        return [outlineStyle, outlineColor, boxShadow, borderColor].join();
    };
    const nodes = [element, element.closest("label")].filter(Boolean);
    const focused = nodes.map(look).join();
    element.blur();
    const blurred = nodes.map(look).join();
    element.focus({ focusVisible: true });
    return focused !== blurred;
}"""


class TestPages:
    @pytest.mark.parametrize("width", [360, 768, 1440])
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_fit_and_are_accessible_for_strangers(
        self, page, post, width, scheme, assert_accessible
    ):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        for address in PUBLIC:
            page.goto(address.format(post=post.pk))
            assert_fits(page)
            assert_accessible()

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_fit_and_are_accessible_for_members(
        self, page, post, scheme, log_in, assert_accessible
    ):
        page.emulate_media(color_scheme=scheme)
        log_in("alice")
        for address in SIGNED_IN:
            page.goto(address)
            assert_fits(page)
            assert_accessible()


class TestKeyboard:
    def test_the_first_stop_skips_to_the_content(self, page, post):
        page.goto("/")
        page.keyboard.press("Tab")

        skip = page.locator(":focus")
        expect(skip).to_be_visible()
        skip.press("Enter")
        page.keyboard.press("Tab")

        is_inside = page.evaluate("() => !!document.activeElement.closest('main')")
        assert is_inside

    def test_everything_that_has_the_focus_shows_it(self, page, post):
        page.goto("/auth/login/")
        seen = []
        for _ in range(12):
            page.keyboard.press("Tab")
            look = page.evaluate(FOCUS_CHANGES)
            if look is not None:
                seen.append(look)

        assert len(seen) > 5
        assert all(seen), seen


class TestTheme:
    def test_can_be_switched_and_is_remembered(self, page, post):
        page.emulate_media(color_scheme="light")
        page.goto("/")
        before = _background(page)

        _choose(page, "Dark")
        assert _background(page) != before

        page.goto("/auth/login/")
        dark = _background(page)
        assert dark != before

    def test_can_be_switched_without_javascript(self, browser, live_server, post):
        context = browser.new_context(
            java_script_enabled=False, color_scheme="light", base_url=live_server.url
        )
        page = context.new_page()
        page.goto("/")
        before = page.screenshot()

        _choose(page, "Dark")

        assert page.screenshot() != before
        context.close()


def _background(page):
    return page.evaluate("() => getComputedStyle(document.body).backgroundColor")


def _choose(page, name):
    page.locator("label", has_text=name).click()
