import pytest
from django.core.exceptions import ValidationError

from blog.text import (
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
        validate_intact("Grüße, 世界 🙂")


class TestNormaliseNewlines:
    def test_leaves_line_feeds_alone(self):
        assert normalise_newlines("a\r\nb\rc\nd") == "a\nb\nc\nd"
