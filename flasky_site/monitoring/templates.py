"""Django's templates with a clock, for Server-Timing in development."""

from time import perf_counter
from typing import Any

from django.http import HttpRequest
from django.template.backends.django import DjangoTemplates, Template

from .current import current_request


class TimedTemplates(DjangoTemplates):
    def get_template(self, template_name: str) -> "TimedTemplate":
        return TimedTemplate(super().get_template(template_name).template, self)


class TimedTemplate(Template):
    def render(
        self, context: dict[str, Any] | None = None, request: HttpRequest | None = None
    ) -> str:
        seen = current_request.get()
        before = seen.template_seconds if seen else 0.0
        began = perf_counter()
        try:
            return super().render(context, request)
        finally:
            if seen:
                # Fields and the like are templates within: theirs is in ours.
                seen.template_seconds = before + perf_counter() - began
