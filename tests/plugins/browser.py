"""Browser tests carry the mark ``browser`` and drive the Chromium of FLASKY_CHROMIUM.

`make test` sets that variable; a bare `pytest` looks for a browser itself. Without one
the tests are skipped.
"""

import os
import subprocess
import threading
from pathlib import Path

import pytest

FIND_CHROMIUM = Path(__file__).resolve().parents[2] / "bin/find-chromium"

# Playwright keeps an event loop running in the thread of the tests, whose database
# calls Django would refuse for that reason alone.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def chromium():
    if "FLASKY_CHROMIUM" not in os.environ:
        found = subprocess.run(
            [FIND_CHROMIUM], stdout=subprocess.PIPE, text=True, check=False
        )
        os.environ["FLASKY_CHROMIUM"] = found.stdout.strip()
    return os.environ["FLASKY_CHROMIUM"]


def pytest_collection_modifyitems(items):
    browser_items = [item for item in items if item.get_closest_marker("browser")]
    if browser_items and not chromium():
        for item in browser_items:
            item.add_marker(pytest.mark.skip(reason="no Chromium was found"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    quiet = ["--disable-background-networking", "--disable-component-update"]
    # Containers often have 64 MB of shared memory, too little for a page.
    roomy = ["--disable-dev-shm-usage"]
    # Chromium's sandbox does not work for root.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {
        **browser_type_launch_args,
        "executable_path": chromium(),
        "args": ["--disable-gpu", "--no-first-run", *quiet, *roomy, *sandbox],
    }


@pytest.fixture(scope="session")
def _answers_end(django_db_setup):
    """Let the server's last threads end before the database is taken away."""
    yield
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=10)


@pytest.fixture(scope="session")
def browser(_answers_end, live_server, browser):
    """Close before the server stops.

    A connection that is open longer ends in a thread of the server that has lost its
    right to the database in memory, and the last test is blamed for that.
    """
    return browser
