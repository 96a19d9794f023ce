"""Markdown as members type it, and the HTML made of it."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from flasky_site.lib.markdown import render_markdown

from .text import normalise_newlines, validate_intact, validate_not_blank


class MarkdownFormField(forms.CharField):
    """A textarea whose length is counted as the browser counts it."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        # Leading spaces mean something in Markdown, so only blank lines are stripped.
        super().__init__(**{**kwargs, "strip": False})
        self.error_messages["required"] = _("Write something first.")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Name the limit to site.js, but not as ``maxlength``.

        With that, browsers cut off the end of a long text that is pasted, and say
        nothing.
        """
        attrs = super().widget_attrs(widget)
        if limit := attrs.pop("maxlength", None):
            attrs["data-limit"] = limit
        return attrs

    def to_python(self, value: Any) -> str:
        text = normalise_newlines(super().to_python(value) or "").rstrip()
        while "\n" in text and not text.partition("\n")[0].strip():
            text = text.partition("\n")[2]
        return text


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
    """HTML made of the field ``source`` whenever the row is written."""

    def __init__(self, *args: Any, source: str, **kwargs: Any) -> None:
        self.source = source
        super().__init__(*args, **{**kwargs, "editable": False})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        return name, path, args, {**kwargs, "source": self.source}

    def pre_save(self, instance: models.Model, add: bool) -> str:
        html = render_markdown(getattr(instance, self.source))
        setattr(instance, self.attname, html)
        return html
