from types import SimpleNamespace

import pytest

from flasky_site.lib.visitors import middleware, pages
from flasky_site.lib.visitors.store import near_pages
from tests.flasky_site.lib.visitors.site import Site


@pytest.fixture
def site():
    return Site()


@pytest.fixture
def age(monkeypatch):
    """Make what is kept so many seconds old."""

    def grow(seconds):
        near_pages.pages.clear()
        monkeypatch.setattr(middleware, "age_of", lambda page: seconds)

    return grow


@pytest.fixture
def set_clock(monkeypatch):
    """Say when pages are made; the cache goes by its own clock."""

    def set_to(now):
        monkeypatch.setattr(pages, "time", SimpleNamespace(time=lambda: now))

    return set_to
