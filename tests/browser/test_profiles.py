import pytest
from playwright.sync_api import expect

from accounts import roles
from accounts.models import User
from tests.factories import UserFactory

from .test_pages import assert_fits

pytestmark = pytest.mark.browser

HEBREW = "\u05e9\u05e8\u05d4"
FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467"


def save(page, name="Save profile"):
    page.get_by_role("button", name=name).click()
    page.wait_for_load_state()


class TestProfileEdit:
    def test_by_two_windows_loses_nothing(self, page, mode, log_in, assert_accessible):
        UserFactory(username="alice", about_me="Once")
        log_in("alice")
        page.goto("/edit-profile/")
        other = page.context.new_page()
        other.goto("/edit-profile/")
        other.get_by_label("About me").fill("From the other window")
        save(other)
        expect(other.get_by_text("Your profile is saved.")).to_be_visible()

        page.get_by_label("About me").fill("From this window")
        save(page)
        expect(page.get_by_text("From the other window")).to_be_visible()
        expect(page.get_by_label("About me")).to_have_value("From this window")
        assert_fits(page)
        assert_accessible()

        save(page)
        expect(page.get_by_text("From this window")).to_be_visible()
        assert_accessible()

    def test_goes_by_keyboard_alone(self, page, log_in):
        UserFactory(username="alice")
        log_in("alice")
        page.goto("/edit-profile/")

        page.get_by_label("Name").focus()
        page.keyboard.type("Alice B")
        page.keyboard.press("Tab")
        page.keyboard.type("Here")
        page.keyboard.press("Enter")

        expect(page.get_by_role("heading", name="Alice B")).to_be_visible()
        expect(page.get_by_text("Here")).to_be_visible()

    def test_leaves_what_stands_beside_a_name_in_its_place(self, page):
        UserFactory(username="alice", name=f"{HEBREW} {FAMILY}", location=HEBREW)

        page.goto("/user/alice/")

        place = page.locator("bdi", has_text=HEBREW).last.bounding_box()
        line = page.get_by_text("@alice").bounding_box()
        assert place["x"] > line["x"] + 20


class TestMemberEdit:
    @pytest.mark.parametrize("width", [360, 1440])
    def test_fits_is_accessible_and_says_what_a_rule_forbids(
        self, page, mode, width, log_in, assert_accessible
    ):
        ada = UserFactory(username="ada", role=roles.ADMINISTRATOR)
        page.set_viewport_size({"width": width, "height": 800})
        log_in("ada")
        page.goto("/user/ada/")
        page.get_by_role("link", name="Edit as administrator").click()
        page.wait_for_load_state()
        assert_fits(page)
        assert_accessible()

        page.get_by_label("Role").select_option("Moderator")
        save(page, "Save the changes")
        expect(page.get_by_text("last administrator")).to_be_visible()
        expect(page.get_by_label("Role")).to_have_value("Moderator")
        assert_fits(page)
        assert_accessible()

        page.get_by_label("Role").select_option("Administrator")
        page.get_by_label("Username").fill("lovelace")
        save(page, "Save the changes")
        expect(page).to_have_url("/user/lovelace/")
        assert User.objects.get(pk=ada.pk).username == "lovelace"
