"""The box that posts and comments are written in."""

from typing import Any

from crispy_forms.layout import LayoutObject
from django import forms
from django.forms.widgets import Script
from django.template.loader import render_to_string
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from markdownx.settings import (
    MARKDOWNX_SERVER_CALL_LATENCY,
    MARKDOWNX_URLS_PATH,
)
from markdownx.widgets import MarkdownxWidget


class ComposerWidget(MarkdownxWidget):
    """markdownx's box with our tools around it.

    ``kind`` is what the text will be, "post" or "comment": they are rendered
    differently. markdownx's own script is brought by static/js/composer-preview.js when
    there is something to show.
    """

    template_name = "blog/_composer.html"

    def __init__(self, *, kind: str, rows: int) -> None:
        self.kind = kind
        # The words of the count that site.js keeps. What a browser would fill in
        # when somebody comes back could be published already; drafts.js knows better.
        words = {"data-left": _("{count} characters left"), "autocomplete": "off"}
        super().__init__({"rows": rows, **words})

    def add_markdownx_attrs(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Name the preview's address, and none for uploads: there are none."""
        return {
            **attrs,
            "data-markdownx-urls-path": (
                f"{MARKDOWNX_URLS_PATH}?{urlencode({'kind': self.kind})}"
            ),
            "data-markdownx-latency": MARKDOWNX_SERVER_CALL_LATENCY,
            # site.js lets every box grow.
            "data-markdownx-editor-resizable": "False",
        }

    class Media:
        extend = False
        css = {"all": ["css/composer.css"]}
        # Modules run once, however often htmx brings a form that names them.
        js = [
            Script("js/composer-tools.js", type="module"),
            Script("js/composer-preview.js", type="module"),
        ]


class Part(LayoutObject):
    """A partial in a form's layout. It gets the form, whatever the page calls it."""

    def __init__(self, template: str) -> None:
        self.template = template
        self.fields: list[str] = []

    def render(self, form: forms.BaseForm, *args: Any, **kwargs: Any) -> str:
        return render_to_string(self.template, {"composer": form})
