import re

import pytest
from playwright.sync_api import expect

from accounts.models import User
from blog.models import Post
from tests.factories import UserFactory
from tests.factories.accounts import PASSWORD
from tests.links import link_in

from .steps import log_out

pytestmark = pytest.mark.browser

TEXT = """## A new starter

I fed it *twice* a day, as [the book](https://example.com/bread) says.

```python
flour = 500  # grams
```
"""


def register(page, username):
    page.goto("/")
    page.get_by_role("link", name="Register").first.click()
    page.get_by_label("E-mail address").fill(f"{username}@example.com")
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password (again)").fill(PASSWORD)
    page.get_by_role("button", name="Register").click()


def write(page, text):
    page.get_by_label("What’s on your mind?").fill(text)
    page.get_by_role("button", name="Publish").click()


class TestJourney:
    def test_from_registration_to_a_stranger_who_reads(
        self, page, mode, mailoutbox, log_in, assert_accessible
    ):
        register(page, "nora")
        expect(page).to_have_url(re.compile("/auth/confirm/$"))
        assert_accessible()

        page.goto(link_in(mailoutbox[0], "/auth/confirm/"))
        assert_accessible()
        page.get_by_role("main").get_by_role("button", name="Confirm").click()
        expect(page).to_have_url(re.compile("/auth/login/"))
        assert User.objects.get(username="nora").is_confirmed
        assert_accessible()

        log_in("Nora@Example.com")
        expect(page).to_have_url(re.compile("/$"))
        assert_accessible()
        write(page, TEXT)
        expect(page.get_by_role("heading", name="A new starter")).to_be_visible()
        assert_accessible()

        log_out(page)
        expect(page.get_by_role("heading", name="A new starter")).to_be_visible()
        expect(page.get_by_role("link", name="the book")).to_have_attribute(
            "rel", "nofollow ugc noopener"
        )
        expect(page.locator("pre code")).to_have_text("flour = 500  # grams\n")
        assert_accessible()

        page.goto(Post.objects.get().get_absolute_url())
        expect(page.get_by_role("heading", name="A new starter")).to_be_visible()
        expect(page.locator("pre code")).to_be_visible()
        assert_accessible()

    def test_who_has_not_confirmed_is_told_and_gets_another_link(
        self, page, mailoutbox, log_in, assert_accessible
    ):
        UserFactory(username="newcomer", unconfirmed=True)

        log_in("newcomer")
        expect(page.get_by_role("heading", name="Hello, newcomer")).to_be_visible()
        assert_accessible()
        page.get_by_role("main").get_by_role("button", name=re.compile("link")).click()

        expect(page.get_by_text("A new link is on its way")).to_be_visible()
        page.goto(link_in(mailoutbox[0], "/auth/confirm/"))
        page.get_by_role("main").get_by_role("button", name="Confirm").click()
        page.goto("/")
        expect(page.get_by_label("What’s on your mind?")).to_be_visible()

    def test_a_form_that_fails_gives_everything_back(self, page, assert_accessible):
        UserFactory(username="alice")
        register(page, "ALICE")

        expect(page.get_by_label("Username")).to_have_value("ALICE")
        expect(page.get_by_label("E-mail address")).to_have_value("ALICE@example.com")
        expect(page.get_by_text("This name is taken")).to_be_visible()
        assert_accessible()
