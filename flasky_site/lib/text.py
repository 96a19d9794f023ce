"""Checks on text that people type, and what is made of it before it is kept."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# What decoders put where bytes made no sense.
REPLACEMENT_CHARACTER = "\ufffd"
# Categories of characters that leave no mark: control, format, surrogate, private,
# unassigned, and the three kinds of separator.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Cn", "Co", "Zs", "Zl", "Zp"})
# Letters and marks by category that show nothing all the same: Hangul and Braille
# blanks, variation selectors, Mongolian ones too, the combining grapheme joiner.
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5") | {
    chr(code)
    for code in (
        *range(0x180B, 0x1810),
        *range(0xFE00, 0xFE10),
        *range(0xE0100, 0xE01F0),
    )
}
# What people may paste without noticing, and what never is part of a text.
_BREAKS = frozenset("\t\n\v\f\r")
_REFUSED = frozenset({"Cc", "Cs"})

_FLAG_OF_A_REGION = "\U0001f3f4[\U000e0030-\U000e007a]+\U000e007f"
# Marks, embeddings, overrides and isolates that turn the direction of what follows,
# and what takes no room at all: names that look alike would differ by them. The tags
# that spell the flag of Scotland are left in it.
_UNSEEN = re.compile(
    f"({_FLAG_OF_A_REGION})|"
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"
)
# ZWNJ and ZWJ join nothing at an edge, beside a space or beside each other. Between
# letters Persian needs them, and between emoji families do.
_IDLE_JOINER = re.compile(
    "(?<![^\\s\u200c\u200d])[\u200c\u200d]+|[\u200c\u200d]+(?![^\\s\u200c\u200d])"
)


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


def without_blank_ends(text: str) -> str:
    """Return ``text`` without the blank lines around it and the blanks at its end.

    The spaces before its first word stay: they mean something in Markdown.
    """
    text = text.rstrip()
    indentation = len(text) - len(text.lstrip())
    return text[text.rfind("\n", 0, indentation) + 1 :]


def clean_line(text: str) -> str:
    """Return ``text`` as one line that looks like what it is, "" when nothing shows.

    Raise ValidationError for control characters.
    """
    text = _UNSEEN.sub(r"\1", _without_control(text, _BREAKS))
    line = " ".join(_IDLE_JOINER.sub("", text).split())
    return "" if is_blank(line) else unicodedata.normalize("NFC", line)


def clean_paragraphs(text: str) -> str:
    """Return ``text`` with line feeds alone, "" when nothing of it shows.

    Raise ValidationError for control characters.
    """
    text = _without_control(normalise_newlines(text), frozenset("\t\n"))
    return "" if is_blank(text) else unicodedata.normalize("NFC", text.strip())


def _without_control(text: str, allowed: frozenset[str]) -> str:
    validate_intact(text)
    if any(
        unicodedata.category(character) in _REFUSED and character not in allowed
        for character in text
    ):
        raise ValidationError(
            _("Control characters cannot be kept. Type it anew."), code="control"
        )
    return text
