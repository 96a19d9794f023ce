"""What may stand behind the ? of a list."""

import re
from typing import Any

from rest_framework import serializers

from api.fields import MomentField, NumberField
from api.pagination import START

_CURSOR = re.compile(f"^({START}|[ab][0-9]{{1,18}})$", re.ASCII)
NEWEST, OLDEST = "-created_at", "created_at"


class CursorField(serializers.RegexField):
    """Where to go on, with nothing around it: $ would let a last newline pass."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(_CURSOR, trim_whitespace=False, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        text: str = super().to_internal_value(data)
        if not _CURSOR.fullmatch(text):
            self.fail("invalid")
        return text


class CursorQuery(serializers.Serializer):
    """Which part of a list. What else stands there is left alone."""

    page_size = NumberField(
        min_value=1,
        max_value=100,
        required=False,
        help_text="How many rows a page has.",
    )
    cursor = CursorField(
        required=False,
        help_text="Walks everything from row to row, at the same cost however far, and "
        "unmoved by what arrives meanwhile. Begin with `start`, then "
        "follow `next`.",
    )


class PageQuery(CursorQuery):
    """Which part of a list whose parts have numbers too."""

    page = NumberField(
        min_value=1,
        required=False,
        help_text="Counted from 1. Past the end it is empty; a cursor goes before it.",
    )


class TextQuery(PageQuery):
    """For lists of posts and comments."""

    since = MomentField(required=False, help_text="Written then or later; ISO 8601.")
    until = MomentField(required=False, help_text="Written before then; ISO 8601.")
    ordering = serializers.ChoiceField(choices=[NEWEST, OLDEST], required=False)


class AuthoredQuery(TextQuery):
    author = serializers.RegexField(
        r"^[A-Za-z][A-Za-z0-9_.]{0,63}$",
        required=False,
        help_text="A username, in any case. Nobody's posts where there is none.",
    )
