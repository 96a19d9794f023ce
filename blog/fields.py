"""Markdown as members type it, and the HTML made of it."""

from collections.abc import Callable
from typing import Any

from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from flasky_site.lib.fields import TextBoxField
from flasky_site.lib.text import (
    validate_intact,
    validate_not_blank,
    without_blank_ends,
)


class MarkdownFormField(TextBoxField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "strip": False})
        self.error_messages["required"] = _("Write something first.")

    def to_python(self, value: Any) -> str:
        return without_blank_ends(super().to_python(value))


class MarkdownField(models.TextField):
    """Markdown as it was typed, at most ``max_length`` characters."""

    def __init__(self, verbose_name: Any = None, *, max_length: int, **kwargs: Any):
        super().__init__(verbose_name, max_length=max_length, **kwargs)
        self.validators.extend(
            [
                ProhibitNullCharactersValidator(),
                MaxLengthValidator(max_length),
                validate_not_blank,
                validate_intact,
            ]
        )

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": MarkdownFormField, **kwargs})


class RenderedMarkdownField(models.TextField):
    """HTML that ``render`` makes of the field ``source`` whenever the row is written.

    Migrations know nothing of ``render``, which is not theirs to call: whoever writes
    rows there writes both.
    """

    def __init__(
        self,
        *args: Any,
        source: str,
        render: Callable[[str], str] | None = None,
        **kwargs: Any,
    ) -> None:
        self.source, self.render = source, render
        super().__init__(*args, **{**kwargs, "editable": False})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        return name, path, args, {**kwargs, "source": self.source}

    def pre_save(self, instance: models.Model, add: bool) -> Any:
        if self.render is not None:
            html = self.render(getattr(instance, self.source))
            setattr(instance, self.attname, html)
        return super().pre_save(instance, add)
