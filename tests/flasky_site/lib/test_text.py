import pytest
from django.core.exceptions import ValidationError

from flasky_site.lib.text import (
    clean_line,
    clean_paragraphs,
    is_blank,
    normalise_newlines,
    validate_intact,
    validate_not_blank,
)


class TestIsBlank:
    @pytest.mark.parametrize(
        "text",
        [
            "",
            "  \n\t",
            "\u200b\u200d",
            "\u202e\u2066",
            "\ufe0f",
            "\u180b\u180c\u180d\u180e\u180f",
            "\u3164",
            "\u2800",
            "\x00",
        ],
    )
    def test_is_true_of_what_leaves_no_mark(self, text):
        assert is_blank(text)

    @pytest.mark.parametrize("text", ["a", "\u200ba", ".", "字", "🙂", "\u0301a"])
    def test_is_false_of_what_leaves_one(self, text):
        assert not is_blank(text)


class TestValidateNotBlank:
    def test_refuses_invisible_text(self):
        with pytest.raises(ValidationError, match="Write something first"):
            validate_not_blank("\u200b")


class TestValidateIntact:
    def test_refuses_what_decoders_put_for_broken_bytes(self):
        with pytest.raises(ValidationError, match="did not arrive intact"):
            validate_intact("a\ufffdb")

    def test_passes_text_of_any_script(self):
        assert validate_intact("Grüße, 世界 🙂") is None


class TestNormaliseNewlines:
    def test_leaves_line_feeds_alone(self):
        assert normalise_newlines("a\r\nb\rc\nd") == "a\nb\nc\nd"


FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
HEART_ON_FIRE = "\u2764\ufe0f\u200d\U0001f525"
SCOTLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
# "I want" in Persian, whose two parts a ZWNJ keeps apart.
PERSIAN = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
HEBREW = "\u05d0\u05d1\u05d2"


class TestCleanLine:
    @pytest.mark.parametrize(
        "text", ["Alice", "<b>Al</b> & co", FAMILY, HEART_ON_FIRE, SCOTLAND, PERSIAN]
    )
    def test_leaves_what_a_name_is_made_of(self, text):
        assert clean_line(text) == text

    @pytest.mark.parametrize(
        ("text", "cleaned"),
        [
            ("  Al \t B\r\nC\u3000D\u2028E ", "Al B C D E"),
            ("e\u0301", "\u00e9"),
            (f"\u202e{HEBREW}\u202c al", f"{HEBREW} al"),
            (f"\u2067{HEBREW}\u2069\u200f\u061c", HEBREW),
            ("al\u200bi\u2060c\ufeffe\u00ad", "alice"),
            (f"\u200d{FAMILY}\u200d", FAMILY),
            ("al \u200d\u200bice", "al ice"),
            ("al\u200c\u200d\u200cice", "alice"),
            ("al\U000e0067ice", "alice"),
            ("al\u200b \u200b \u200bice", "al ice"),
        ],
    )
    def test_drops_what_would_make_a_name_look_like_another(self, text, cleaned):
        assert clean_line(text) == cleaned
        assert clean_line(cleaned) == cleaned

    @pytest.mark.parametrize("text", ["", " ", "\u200d", "\u202e\u2800", "\U000e0100"])
    def test_is_empty_for_what_nobody_sees(self, text):
        assert clean_line(text) == ""

    @pytest.mark.parametrize("text", ["a\0", "\x1b[31m", "\x85", chr(0xD83D), "\ufffd"])
    def test_refuses_control_characters_and_broken_ones(self, text):
        with pytest.raises(ValidationError):
            clean_line(text)


class TestCleanParagraphs:
    def test_keeps_line_breaks_as_line_feeds(self):
        assert clean_paragraphs(" a\r\n\r\n b\rc\t\n") == "a\n\n b\nc"

    @pytest.mark.parametrize("text", ["", " \n", "\u200b\n\u200d"])
    def test_is_empty_for_what_nobody_sees(self, text):
        assert clean_paragraphs(text) == ""

    @pytest.mark.parametrize("text", ["a\0", "a\x0b", chr(0xD83D)])
    def test_refuses_control_characters(self, text):
        with pytest.raises(ValidationError):
            clean_paragraphs(text)
