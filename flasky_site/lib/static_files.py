from collections.abc import Iterable
from typing import Any

from django.contrib.staticfiles.finders import AppDirectoriesFinder


class ShownAppDirectoriesFinder(AppDirectoriesFinder):
    """Django's, which collects nothing that no page shows."""

    # A second page for the API's document, of several megabytes.
    not_shown = ("redoc",)

    def list(self, ignore_patterns: Iterable[str] | None) -> Any:
        return super().list([*(ignore_patterns or ()), *self.not_shown])
