"""The buttons of the composer, the keys that do the same, and what cannot be put in."""

import pytest
from playwright.sync_api import expect

from tests.factories import UserFactory

pytestmark = pytest.mark.browser


@pytest.fixture
def box(page, log_in):
    """The box of somebody who has just logged in."""
    UserFactory(username="alice")
    log_in("alice")
    return page.get_by_label("What’s on your mind?")


def tool(page, name):
    return page.get_by_role("toolbar").get_by_role("button", name=name, exact=True)


def select(box, start, end):
    box.evaluate("(box, [a, b]) => box.setSelectionRange(a, b)", [start, end])
    box.focus()


class TestKeys:
    @pytest.mark.parametrize(
        ("keys", "text"),
        [
            ("Control+b", "a **word** b"),
            ("Control+i", "a *word* b"),
            ("Control+k", "a [word](https://) b"),
            ("Control+e", "a `word` b"),
            ("Control+Shift+Digit9", "> a word b"),
            ("Control+Shift+Digit8", "- a word b"),
        ],
    )
    def test_does_what_the_tools_do_and_undoes_it(self, page, box, keys, text):
        box.press_sequentially("a word b")
        select(box, 2, 6)

        page.keyboard.press(keys)
        expect(box).to_have_value(text)
        page.keyboard.press("Control+z")

        expect(box).to_have_value("a word b")


class TestTools:
    @pytest.mark.parametrize(
        ("name", "text", "selection", "result"),
        [
            ("Bold", "a word b", (2, 6), "a **word** b"),
            ("Bold", "a word b", (1, 7), "a **word** b"),
            ("Bold", "**word**", (2, 6), "word"),
            ("Bold", "*word*", (1, 5), "***word***"),
            ("Italic", "**word**", (2, 6), "***word***"),
            ("Italic", "***word***", (3, 7), "**word**"),
            ("Italic", "", (0, 0), "**"),
            ("Link", "https://example.com/", (0, 20), "[](https://example.com/)"),
            ("Code", "a`b", (0, 3), "`` a`b ``"),
            ("Code", "`word`", (1, 5), "word"),
            ("Code", "one\ntwo", (0, 7), "```\none\ntwo\n```\n"),
            ("Quote", "one\ntwo\nthree", (1, 5), "> one\n> two\nthree"),
            ("Quote", "> one\n> two", (0, 11), "one\ntwo"),
            ("Quote", "one\n\nthree", (4, 4), "one\n> \nthree"),
            ("List", "one\ntwo\n", (0, 8), "- one\n- two\n"),
            ("List", "- one", (5, 5), "one"),
        ],
    )
    def test_change_what_is_selected_and_back(
        self, page, box, name, text, selection, result
    ):
        box.fill(text)
        select(box, *selection)

        tool(page, name).click()

        expect(box).to_have_value(result)
        expect(box).to_be_focused()

    def test_are_one_stop_for_tab_and_walked_through_by_arrows(self, page, box):
        tool(page, "Bold").focus()

        page.keyboard.press("ArrowRight")
        expect(tool(page, "Italic")).to_be_focused()
        page.keyboard.press("End")
        expect(tool(page, "List")).to_be_focused()
        page.keyboard.press("ArrowRight")
        expect(tool(page, "Bold")).to_be_focused()
        page.keyboard.press("ArrowLeft")
        expect(tool(page, "List")).to_be_focused()
        page.keyboard.press("Tab")

        expect(box).to_be_focused()


FILE_EVENT = """(box, type) => {
    const things = new DataTransfer();
    things.items.add(new File(["x"], "photo.png", { type: "image/png" }));
    const detail = { bubbles: true, cancelable: true };
    const event = type === "paste"
        ? new ClipboardEvent(type, { ...detail, clipboardData: things })
        : new DragEvent(type, { ...detail, dataTransfer: things });
    return box.dispatchEvent(event);
}"""


class TestFiles:
    @pytest.mark.parametrize("way", ["drop", "paste"])
    def test_are_refused_with_a_sentence_and_sent_nowhere(self, page, box, way):
        sent = []
        page.on("request", lambda request: sent.append(request.url))
        box.fill("Hello")
        expect(page.get_by_role("region", name="Preview")).to_be_visible()

        went_on = box.evaluate(FILE_EVENT, way)

        assert not went_on
        expect(page.get_by_text("Files cannot be put into a text.")).to_be_visible()
        expect(box).to_have_value("Hello")
        assert not [address for address in sent if "upload" in address]


class TestBroughtByHtmx:
    def test_works_like_one_that_came_with_the_page(self, page, box):
        page.wait_for_load_state()
        page.evaluate(
            "() => htmx.ajax('GET', '/', "
            "{ target: '#composer', select: '#composer', swap: 'outerHTML', "
            # The whole page; else home answers with a page of its list alone.
            "headers: { 'HX-History-Restore-Request': 'true' } })"
        )
        # By then htmx has set all attributes again as they were sent.
        page.wait_for_timeout(300)
        box.fill("word")
        select(box, 0, 4)

        tool(page, "Bold").click()

        preview = page.get_by_role("region", name="Preview")
        expect(preview.locator("strong")).to_have_text("word")
        page.reload()
        expect(box).to_have_value("**word**")
