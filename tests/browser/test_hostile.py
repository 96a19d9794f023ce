"""What is typed to run, and whether anything of it does, wherever it is shown."""

import random
import re
from contextlib import suppress

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from playwright.sync_api import Error

from tests.factories import (
    CommentFactory,
    DecisionFactory,
    PostFactory,
    UserFactory,
)
from tests.factories.tokens import token_of
from tests.hostile import HTML, PIECES, TARGETS, spellings

pytestmark = pytest.mark.browser

SHOWN_IN_A_FRAME = "<script>alert(1)</script><p onclick=alert(1)>A mail</p>"

# Told by the browser itself: a dialog, a blocked script or style, another page.
LISTEN = """
window.heard = [];
const hear = (what) => window.heard.push(what);
for (const name of ["alert", "confirm", "prompt", "print"])
  window[name] = (text) => hear(`${name}(${text})`);
document.addEventListener("securitypolicyviolation", (event) =>
  hear(`${event.effectiveDirective}: ${event.blockedURI} ${event.sample}`));
"""

# Touch all that a member's text became, then tell what a browser makes of it.
PROVOKE = """() => {
  const kinds = ["load", "error", "click", "focus", "mouseover", "pointerenter",
    "toggle", "animationstart", "submit", "input"];
  document.addEventListener("click", (event) => event.preventDefault(), true);
  document.addEventListener("submit", (event) => event.preventDefault(), true);
  const found = [];
  for (const element of document.querySelectorAll("*")) {
    for (const name of element.getAttributeNames())
      if (/^on/i.test(name)) found.push(element.outerHTML.slice(0, 200));
    if (element.matches("a, area") && element.href)
      // A colon alone is the protocol of what is no address and leads nowhere.
      if (!["http:", "https:", "mailto:", ":"].includes(element.protocol))
        found.push(element.outerHTML.slice(0, 200));
  }
  const odd = ["script", "style", "link", "meta", "base", "iframe", "object", "embed",
    "svg", "math", "form", "img", "video", "textarea", "button",
    "input:not([disabled])", "[style]", "[hx-get]", "[data-hx-get]", "[hx-trigger]"];
  for (const one of document.querySelectorAll(odd.map((name) => `.prose ${name}`)))
    found.push(one.outerHTML.slice(0, 200));
  for (const element of document.querySelectorAll(".prose, .prose *"))
    for (const kind of kinds)
      element.dispatchEvent(new Event(kind, { bubbles: true, cancelable: true }));
  return [...found, ...window.heard];
}"""


def made_up(count, seed=20):
    """Return texts that nobody has thought of; the same for the same seed."""
    chance = random.Random(seed)
    pieces = [piece for piece in PIECES if piece not in ("\x00", "\ud800")]
    return ["".join(chance.choices(pieces, k=30)) for _ in range(count)]


def texts():
    """Return all that is hostile in texts of at most 4,500 characters."""
    links = [
        spelling
        for number, target in enumerate(TARGETS)
        for spelling in spellings(target, f"a{number}")
    ]
    text = ""
    for case in [*HTML, *links]:
        if len(text) + len(case) > 4_500:
            yield text
            text = ""
        text += f"{case}\n\n"
    yield text
    # An open fence or quote would hide what comes after it.
    yield from made_up(20)


@pytest.fixture
def mallory():
    return UserFactory(
        username="mallory",
        name="\"'><img src=x onerror=alert(1)>",
        location="<script>alert(1)</script>",
        about_me="</p><svg onload=alert(1)> javascript:alert(1)",
    )


@pytest.fixture
def post(mallory):
    """Hostile posts, and one of them with hostile comments and a history."""
    for text in texts():
        post = PostFactory(author=mallory, body=text)
    for text in texts():
        CommentFactory(author=mallory, post=post, body=text[:5000])
    for case in HTML:
        DecisionFactory(member=mallory, reason=case)
    return post


@pytest.fixture(params=[False, True], ids=["with the policy", "without the policy"])
def visitor(request, new_context, live_server, as_administrator, administrator):
    """An administrator whose browser tells of all that runs; the policy may be off.

    What the policy stops had been let through before, and shows with it.
    """
    context = new_context(
        bypass_csp=request.param,
        user_agent="<script>alert(1)</script> Firefox/99",
    )
    name, value = "sessionid", as_administrator.cookies["sessionid"].value
    context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
    context.add_init_script(LISTEN)
    page = context.new_page()
    page.heard = []
    page.on("dialog", lambda dialog: (page.heard.append("dialog"), dialog.dismiss()))
    page.on("popup", lambda popup: page.heard.append(f"popup: {popup.url}"))
    page.on("request", lambda request: note_foreign(request, page.heard, live_server))
    return page


def note_foreign(request, heard, live_server):
    if not request.url.startswith((live_server.url, "data:")):
        heard.append(f"request: {request.url}")


def look(page, address):
    """Open the page, touch everything and return what it did that it must not."""
    page.goto(address, wait_until="load")
    where = page.url
    found = page.evaluate(PROVOKE)
    moved = [] if page.url == where else [f"went to {page.url}"]
    return [f"{address}: {what}" for what in [*found, *moved, *page.heard]]


class TestHostileTexts:
    def test_run_nowhere(self, visitor, post, mallory, administrator):
        token_of(administrator, name="<script>alert(1)</script>")
        case = "%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E"
        found = []
        for address in (
            "/",
            f"/post/{post.pk}/",
            f"/edit/{post.pk}/",
            f"/post/{post.pk}/hide/",
            "/user/mallory/",
            f"/people/?q={case}",
            f"/nothing/{case}/",
            "/moderate/",
            f"/edit-profile/{mallory.pk}/",
            "/auth/sessions/",
            "/auth/tokens/",
            f"/auth/reset/?next={case}",
            "/admin/",
            f"/admin/blog/post/{post.pk}/change/",
            "/admin/blog/comment/",
            f"/admin/accounts/user/{mallory.pk}/change/",
            f"/admin/accounts/user/act/suspend/?id={mallory.pk}",
            "/admin/accounts/decision/",
            f"/api/v1/posts/{post.pk}",
            f"/api/v1/users/{mallory.pk}",
            "/api/v1/comments/",
            "/api/v1/docs/",
            f"/avatar/{mallory.pk}.svg",
        ):
            found += look(visitor, address)

        assert found + self.of_what_is_no_page(visitor, post) == []

    def of_what_is_no_page(self, visitor, post):
        """Open feeds and sources, which a browser shows as text or keeps as a file."""
        kinds = ["feed/", "user/mallory/feed/", "post/{}/feed/", "post/{}.md"]
        found = []
        for kind in kinds:
            with suppress(Error):
                visitor.goto(f"/{kind.format(post.pk)}")
            found += visitor.evaluate("window.heard")
        return found + visitor.heard

    def test_run_in_no_preview(self, visitor):
        visitor.goto("/")
        box = visitor.locator("textarea[name=body]").first
        for text in [*texts()][:4]:
            with visitor.expect_response("**/markdownx/**"):
                box.fill(text)
        visitor.wait_for_function("document.querySelector('.prose *')")

        assert visitor.evaluate(PROVOKE) == []
        assert visitor.heard == []

    def test_run_in_no_mail_that_development_shows(self, visitor, settings, tmp_path):
        settings.DEBUG, settings.EMAIL_FILE_PATH = True, tmp_path
        message = EmailMultiAlternatives(
            subject="<script>alert(1)</script>",
            body="\n".join(HTML),
            from_email="flasky@example.com",
            to=["'\"<img src=x onerror=alert(1)>\"' <a@example.com>"],
            connection=get_connection("flasky_site.dev_mail.backend.DevEmailBackend"),
        )
        message.attach_alternative(SHOWN_IN_A_FRAME, "text/html")
        message.send()

        found = look(visitor, "/dev/mail/")
        visitor.evaluate("document.querySelector('.mail details').open = true")
        visitor.frame_locator(".mail iframe").get_by_text("A mail").click()

        assert found + visitor.heard == []


class TestListener:
    def test_hears_what_would_run(self, visitor, post):
        """Where such a thing got into a page, the tests above would fail."""
        visitor.goto(f"/post/{post.pk}/")
        deaf = []
        # One case leads away from the page at once.
        for case in [one for one in HTML if "refresh" not in one]:
            visitor.evaluate(
                """(html) => {
                    window.heard.length = 0;
                    document.querySelector(".prose").innerHTML = html;
                }""",
                case,
            )
            if not visitor.evaluate(PROVOKE):
                deaf.append(case)

        # The others are words to a browser, or look like us at the most.
        running = re.compile("<img|<svg|href=.javascript")
        assert not [case for case in deaf if running.search(case)]
