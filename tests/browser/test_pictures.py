import pytest
from playwright.sync_api import expect

from tests.factories import UserFactory
from tests.pictures import encoded, quarters

pytestmark = pytest.mark.browser


class TestPicture:
    def send(self, page, content):
        file = {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": content}
        page.get_by_label("New picture").set_input_files(file)
        page.get_by_role("button", name="Use this picture").click()

    def test_is_uploaded_seen_in_the_bar_and_removed(
        self, page, log_in, assert_accessible, mode
    ):
        UserFactory(username="alice")
        log_in("alice")
        page.goto("/edit-profile/picture/")
        in_bar = page.locator("#account-menu summary img")

        self.send(page, b"no picture")
        expect(page.get_by_text("We cannot read this file")).to_be_visible()
        assert_accessible()

        self.send(page, encoded(quarters((900, 600)), "JPEG"))
        expect(page.get_by_text("This is your picture now.")).to_be_visible()
        assert_accessible()
        if mode != "no JavaScript":
            assert in_bar.evaluate(
                "image => image.decode().then(() => image.naturalWidth)"
            )
        assert in_bar.get_attribute("src").endswith("-32.webp")

        page.get_by_role("button", name="Remove").click()
        expect(page.get_by_text("Your picture is removed.")).to_be_visible()
        assert ".svg" in in_bar.get_attribute("src")
