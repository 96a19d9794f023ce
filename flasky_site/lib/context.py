"""What every template may ask."""

from django.conf import settings
from django.http import HttpRequest


def development(request: HttpRequest) -> dict[str, bool]:
    """Tell whether this is a developer's machine, where mail goes to a page."""
    return {"is_development": settings.DEBUG}
