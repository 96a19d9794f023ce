"""What views of several apps share."""

from typing import Any

from django.http import HttpResponse


class UnprocessableFormMixin:
    """Answers a form that is not valid with 422, as everywhere in Flasky."""

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        response.status_code = 422
        return response
