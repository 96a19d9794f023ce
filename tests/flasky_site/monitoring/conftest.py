import json
import logging
import logging.config
from io import StringIO

import pytest

from flasky_site.monitoring import backlog, error_mails, readiness
from flasky_site.settings.logs import json_lines

CONFIGURED = [None, *json_lines()["loggers"]]


def state_of_loggers():
    return [
        (logger, logger.level, logger.handlers[:], logger.propagate)
        for logger in map(logging.getLogger, CONFIGURED)
    ]


class ProductionLog:
    """What production would write to standard output."""

    def __init__(self, stream):
        self.stream = stream

    @property
    def text(self):
        return self.stream.getvalue()

    def forget(self):
        self.stream.seek(0)
        self.stream.truncate()

    @property
    def lines(self):
        return [json.loads(line) for line in self.text.splitlines()]

    def events(self, name):
        return [line for line in self.lines if line["event"] == name]

    @property
    def requests(self):
        return self.events("request")


@pytest.fixture
def production_log():
    """Log as production does, by the same configuration."""
    before = state_of_loggers()
    configuration = json_lines()
    stream = StringIO()
    configuration["handlers"]["stdout"]["stream"] = stream
    logging.config.dictConfig(configuration)
    yield ProductionLog(stream)
    for logger, level, handlers, propagate in before:
        logger.handlers = handlers
        logger.setLevel(level)
        logger.propagate = propagate


@pytest.fixture(autouse=True)
def _nothing_remembered():
    readiness.look_at_database.are_applied = False
    for check in readiness.CHECKS.values():
        check.forget()
    backlog.recent.read_at = -1e9


@pytest.fixture
def mailed_errors(monkeypatch):
    """The errors that would be mailed, by kind, without the thread that mails them."""
    asked = []
    monkeypatch.setattr(
        error_mails,
        "in_background",
        lambda work, kind, mail: asked.append((kind, mail)),
    )
    return asked
