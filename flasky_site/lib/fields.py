"""Form fields for text that people type."""

from typing import Any

from django import forms

from .text import clean_line, clean_paragraphs, normalise_newlines


class TextBoxField(forms.CharField):
    """A textarea whose length is counted as the browser counts it."""

    widget = forms.Textarea

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
        return normalise_newlines(super().to_python(value) or "")


class LineFormField(forms.CharField):
    """One line of text in whatever script, cleaned before it is measured."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Leave out ``maxlength``: browsers would cut what is pasted, unsaid.

        They also count each emoji twice, and what ``clean_line`` drops.
        """
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs

    def to_python(self, value: Any) -> str:
        return clean_line(super().to_python(value) or "")


class ParagraphsFormField(TextBoxField):
    """Plain text with line breaks, cleaned before it is measured."""

    def to_python(self, value: Any) -> str:
        return clean_paragraphs(super().to_python(value))
