"""What a stranger's browser loads to read the home page."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from social.demo.builder import fill_demo

LIMIT = 40 * 1024


@pytest.fixture
def home(client, db):
    fill_demo(report=lambda *progress: None)
    return client.get("/").content.decode()


def own_files(page):
    """Return the styles and scripts of a page."""
    addresses = re.findall(r'(?:href|src)="/static/([^"?]+)"', page)
    return {address for address in addresses if address.endswith((".css", ".js"))}


class TestHome:
    def test_weighs_less_than_forty_kilobytes_with_twenty_posts(self, home):
        assert home.count("<article") == 20
        files = own_files(home)
        assert any(name.endswith(".css") for name in files)

        weights = {"html": len(gzip.compress(home.encode(), 6))}
        for name in files:
            content = Path(finders.find(name)).read_bytes()
            weights[name] = len(gzip.compress(content, 6))

        assert sum(weights.values()) < LIMIT, weights

    def test_leaves_out_the_styles_of_forms(self, home):
        assert "<form" not in home
        assert "css/forms.css" not in own_files(home)

    def test_asks_no_other_host_for_anything(self, home):
        # The canonical link names the page itself, host and all, and loads nothing.
        home = re.sub(r'<link[^>]*\srel="canonical"[^>]*>', "", home)
        loaded = re.findall(
            r'<(?:link|script|img|iframe)\b[^>]*(?:href|src)="([^"]+)"', home
        )

        assert loaded
        assert all(address.startswith("/") for address in loaded)
        assert not any(address.startswith("//") for address in loaded)
