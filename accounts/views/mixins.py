"""What our forms of allauth share."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse


class AtomicFormMixin:
    """Changes, and writes the mail about it, in one transaction or not at all."""

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        return response
