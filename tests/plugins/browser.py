"""Browser tests carry the mark ``browser`` and drive the Chromium of FLASKY_CHROMIUM.

`make test` sets that variable; a bare `pytest` looks for a browser itself. Without one
the tests are skipped.
"""

import os
import subprocess
import threading
from pathlib import Path

import pytest
from django.db import connections

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
def browser(browser):
    """Close the connections of the tests that ran since Playwright was started.

    Django keeps one set of connections for code inside of an event loop and one for
    code outside, so they must go while the loop is there: PostgreSQL drops no database
    that somebody is connected to.
    """
    yield browser
    connections.close_all()


@pytest.fixture
def settled_server(live_server):
    """Wait until the server is done with what the browser has asked for.

    A request that outlives its test reads a database that is being emptied or dropped,
    and a test that has nothing to do with it is blamed.
    """
    yield live_server
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=10)
            assert not thread.is_alive(), "the server still answers a request"


@pytest.fixture
def new_context(settled_server, new_context):
    """Close, with all its connections, before the server is looked at."""
    return new_context
