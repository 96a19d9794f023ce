"""The messages of gunicorn itself, in the form of the site's."""

from typing import Any

from gunicorn.glogging import Logger

from .formats import JsonFormatter


class JsonLogger(Logger):
    """One line of JSON a message, without the address of who sent what was no HTTP."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(JsonFormatter())
