"""Fields that take what they say and nothing that could be turned into it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from django.core.validators import MaxLengthValidator as MaxLength
from django.db import models
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from flasky_site.lib.text import (
    clean_line,
    clean_paragraphs,
    normalise_newlines,
    without_blank_ends,
)

_FIRST = datetime.min.replace(tzinfo=UTC)
_LAST = datetime.max.replace(tzinfo=UTC)


class MomentField(serializers.DateTimeField):
    """A moment, in UTC. One before its year 1 is the first there is, and one past its
    year 9999 the last.
    """

    def enforce_timezone(self, value: datetime) -> datetime:
        try:
            value.astimezone(UTC)
        except OverflowError:
            return _FIRST if value.year == 1 else _LAST
        moment: datetime = super().enforce_timezone(value)
        return moment


class TextField(serializers.CharField):
    """A string as it was sent; a number is none."""

    default_error_messages = {
        "invalid": _("This has to be a string."),
        "broken": _("This holds halves of characters."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"trim_whitespace": False, **kwargs})

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        try:
            data.encode()
        except UnicodeEncodeError:
            self.fail("broken")
        return data

    def cleaned(self, clean: Callable[[str], str], text: str) -> str:
        """Return what is left of ``text``; nothing is as blank as an empty string."""
        try:
            left = clean(text)
        except DjangoValidationError as error:
            raise serializers.ValidationError(error.messages) from None
        if not left and not self.allow_blank:
            self.fail("blank")
        return left


class MarkdownField(TextField):
    """Markdown under the rules of the model's field, as the composer takes it."""

    def __init__(self, *, of: type[models.Model], **kwargs: Any) -> None:
        column: Any = of._meta.get_field("body")
        # The length is said once, in the words of the field.
        rules = [it for it in column.validators if not isinstance(it, MaxLength)]
        super().__init__(
            **{"validators": rules, "max_length": column.max_length, **kwargs}
        )

    def to_internal_value(self, data: Any) -> str:
        return without_blank_ends(normalise_newlines(super().to_internal_value(data)))


class LineField(TextField):
    """One line, cleaned before it is measured."""

    def to_internal_value(self, data: Any) -> str:
        return self.cleaned(clean_line, super().to_internal_value(data))


class ParagraphsField(TextField):
    def to_internal_value(self, data: Any) -> str:
        return self.cleaned(clean_paragraphs, super().to_internal_value(data))


class NumberField(serializers.IntegerField):
    """A whole number behind the ?, in the digits of the document and nothing else."""

    def to_internal_value(self, data: Any) -> int:
        if not (data.isascii() and data.removeprefix("-").isdecimal()):
            self.fail("invalid")
        number: int = super().to_internal_value(data)
        return number
