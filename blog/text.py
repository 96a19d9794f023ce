"""Checks on text that people type."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# What decoders put where bytes made no sense.
REPLACEMENT_CHARACTER = "\ufffd"
# Categories of characters that leave no mark: control, format, surrogate, private,
# unassigned, and the three kinds of separator.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Cn", "Co", "Zs", "Zl", "Zp"})
# Letters and marks by category that show nothing all the same: Hangul and Braille
# blanks, variation selectors, the combining grapheme joiner.
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5") | {
    chr(code) for code in range(0xFE00, 0xFE10)
}


def is_blank(text: str) -> bool:
    """Return True when nothing of ``text`` would leave a mark on paper."""
    return all(
        character in _BLANK_LETTERS or unicodedata.category(character) in _INVISIBLE
        for character in text
    )


def validate_not_blank(text: str) -> None:
    """Raise ValidationError for text of invisible characters alone."""
    if is_blank(text):
        raise ValidationError(_("Write something first."), code="invisible")


def validate_intact(text: str) -> None:
    """Raise ValidationError for text whose bytes were damaged on the way here."""
    if REPLACEMENT_CHARACTER in text:
        raise ValidationError(
            _(
                "Some characters did not arrive intact; they show as “%(mark)s”. "
                "Correct them and send it again."
            ),
            code="damaged",
            params={"mark": REPLACEMENT_CHARACTER},
        )


def normalise_newlines(text: str) -> str:
    """Return ``text`` with line feeds alone, as browsers count them in a textarea."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
