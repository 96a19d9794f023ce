import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
INI = "[pytest]\nmarkers =\n    browser: drives a real Chromium\n"


@pytest.fixture
def run_pytest(tmp_path):
    def run_pytest(source, **environment):
        (tmp_path / "pytest.ini").write_text(INI)
        (tmp_path / "test_it.py").write_text(source)
        return subprocess.run(
            [
                *[sys.executable, "-m", "pytest", "-p", "tests.plugins.browser"],
                *["-p", "no:django", "-p", "no:cacheprovider", tmp_path],
            ],
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        ).stdout

    return run_pytest


class TestSkipping:
    source = (
        "import pytest\n"
        "def test_runs(): pass\n"
        "@pytest.mark.browser\n"
        "def test_needs_a_browser(): pass\n"
    )

    def test_skips_browser_tests_alone_without_a_browser(self, run_pytest):
        assert "1 passed, 1 skipped" in run_pytest(self.source, FLASKY_CHROMIUM="")

    def test_runs_them_with_one(self, run_pytest):
        output = run_pytest(self.source, FLASKY_CHROMIUM="/usr/bin/chromium")

        assert "2 passed" in output


class TestLaunching:
    @pytest.mark.browser
    def test_drives_the_browser(self, page):
        page.set_content("<h1>Flasky</h1>")

        assert page.get_by_role("heading", name="Flasky").is_visible()
