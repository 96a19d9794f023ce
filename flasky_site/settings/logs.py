"""Where log records go, and in which form."""

from typing import Any

_FORMATS = "flasky_site.monitoring.formats"
_OURS = ("accounts", "api", "blog", "flasky", "flasky_site", "mail", "social")


def json_lines() -> dict[str, Any]:
    """Return logging for production: JSON on standard output, errors by mail too."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": f"{_FORMATS}.JsonFormatter"}},
        "filters": {"quiet": {"()": f"{_FORMATS}.QuietFilter"}},
        "handlers": {
            "stdout": {
                "class": "logging.StreamHandler",
                "stream": "ext://sys.stdout",
                "formatter": "json",
                "filters": ["quiet"],
            },
            "mail": {
                "class": "flasky_site.monitoring.error_mails.ErrorMailHandler",
                "filters": ["quiet"],
            },
        },
        "root": {"level": "WARNING", "handlers": ["stdout", "mail"]},
        "loggers": {
            **{name: {"level": "INFO"} for name in _OURS},
            # Without the handlers that Django gives it.
            "django": {"level": "WARNING", "handlers": []},
            # Refusals have their line among the requests.
            "django.request": {"level": "ERROR"},
            "django_tasks": {"level": "INFO"},
        },
    }


def readable_lines() -> dict[str, Any]:
    """Return logging for a developer's terminal."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"readable": {"()": f"{_FORMATS}.ReadableFormatter"}},
        "handlers": {
            "terminal": {"class": "logging.StreamHandler", "formatter": "readable"}
        },
        "root": {"level": "WARNING", "handlers": ["terminal"]},
        "loggers": {
            **{name: {"level": "INFO"} for name in _OURS},
            "django": {"level": "INFO", "handlers": []},
            # Our line says more than that of the development server.
            "django.server": {"level": "ERROR"},
        },
    }
