"""Where in our own code something happened, among all the frames of frameworks."""

import sys

from django.conf import settings

# What is wrapped around every query, request and template is on the way to each place.
_AROUND = "flasky_site/monitoring/"


def nearest_place() -> str:
    """Return file, line and function of ours that is nearest to the call, or ""."""
    frame = sys._getframe(1)
    while frame := frame.f_back:  # type: ignore[assignment]
        if path := our_path(frame.f_code.co_filename):
            return f"{path}:{frame.f_lineno} {frame.f_code.co_name}"
    return ""


def innermost_place(error: BaseException) -> str:
    """Return file and line where ``error`` was raised, of our code if possible."""
    place, ours = "", ""
    trace = error.__traceback__
    while trace is not None:
        path = trace.tb_frame.f_code.co_filename
        place = f"{path}:{trace.tb_lineno}"
        if path := our_path(path):
            ours = f"{path}:{trace.tb_lineno}"
        trace = trace.tb_next
    return ours or place


def our_path(path: str) -> str:
    """Return ``path`` from the project's folder on, "" for what is not ours."""
    root = f"{settings.BASE_DIR}/"
    inside = path.removeprefix(root)
    # A virtual environment may stand within the project.
    if inside == path or inside.startswith(_AROUND) or "site-packages" in inside:
        return ""
    return inside
