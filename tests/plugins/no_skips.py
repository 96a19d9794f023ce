"""With FLASKY_NO_SKIPS=1 a run is red when a test was skipped or none ran.

A skipped test looks like success. CI sets the variable, so that a browser or a
database that is missing there cannot go unnoticed.
"""

import os

import pytest

NOT_RUN = ("skipped", "xfailed", "xpassed")


def is_demanded():
    return os.environ.get("FLASKY_NO_SKIPS") == "1"


def count_by_outcome(config):
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return {name: len(reporter.stats.get(name, [])) for name in ("passed", *NOT_RUN)}


def complaint(config):
    count = count_by_outcome(config)
    if not_run := [f"{count[name]} {name}" for name in NOT_RUN if count[name]]:
        return f"FLASKY_NO_SKIPS=1 and {', '.join(not_run)}"
    if not count["passed"]:
        return "FLASKY_NO_SKIPS=1 and no test passed"
    return None


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session):
    # Workers of xdist only report to the process that prints the summary.
    is_worker = hasattr(session.config, "workerinput")
    if is_demanded() and not is_worker and complaint(session.config):
        session.exitstatus = session.exitstatus or pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter, config):
    if is_demanded() and (reason := complaint(config)):
        terminalreporter.section("not everything ran", red=True)
        for report in terminalreporter.stats.get("skipped", []):
            terminalreporter.line(f"{report.nodeid}: {report.longrepr[2]}")
        terminalreporter.line(reason, red=True)
