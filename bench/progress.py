"""Lines that say how far something is, and nothing between them."""

import logging
import time
from collections.abc import Callable

from bench.environment import SCRATCH


def progress() -> Callable[[str], None]:
    """Return what prints a line with the seconds since now."""
    start = time.monotonic()

    def say(text: str) -> None:
        print(f"{time.monotonic() - start:6.0f} s  {text}", flush=True)

    return say


def log_to_file() -> None:
    """Write what the site logs, which costs it as much, where it is in nobody's way."""
    file = (SCRATCH / "site.log").open("w")
    for logger in (logging.root, *logging.root.manager.loggerDict.values()):
        for handler in getattr(logger, "handlers", []):
            if isinstance(handler, logging.StreamHandler):
                handler.setStream(file)
