"""In which forms the API answers: JSON, and pages for people who look around."""

from typing import Any

from rest_framework import renderers


class JSONRenderer(renderers.JSONRenderer):
    def get_indent(self, accepted_media_type: str, renderer_context: Any) -> Any:
        """Leave ``application/json; indent=4`` out: a thing has one ETag."""
        return renderer_context.get("indent")


class PageRenderer(renderers.BrowsableAPIRenderer):
    """The same as a page, with a box for JSON in place of forms."""

    template = "api/page.html"

    def render_form_for_serializer(self, serializer: Any) -> str:
        return ""

    def get_rendered_html_form(
        self, data: Any, view: Any, method: str, request: Any
    ) -> Any:
        """Say whether there is a button for ``method``, which needs no form."""
        return method == "DELETE" and method in view.allowed_methods

    def get_filter_form(self, *args: Any) -> None:
        return None
