import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


class TestNoSkips:
    @pytest.fixture
    def run_pytest(self, tmp_path):
        def run_pytest(source, *options, **environment):
            (tmp_path / "test_it.py").write_text(source)
            return subprocess.run(
                [
                    *[sys.executable, "-m", "pytest", "-p", "tests.plugins.no_skips"],
                    *["-p", "no:django", "-p", "no:cacheprovider"],
                    *["-c", os.devnull, f"--rootdir={tmp_path}", *options, tmp_path],
                ],
                env={
                    "PATH": os.environ["PATH"],
                    "PYTHONPATH": str(ROOT),
                    **environment,
                },
                capture_output=True,
                text=True,
                check=False,
            )

        return run_pytest

    skipping = (
        "import pytest\n"
        "def test_runs(): pass\n"
        "@pytest.mark.skip(reason='no browser')\n"
        "def test_skips(): pass\n"
    )

    @pytest.mark.parametrize("options", [(), ("-n", "1")])
    def test_turns_a_skipped_test_red(self, run_pytest, options):
        result = run_pytest(self.skipping, *options, FLASKY_NO_SKIPS="1")

        assert result.returncode == pytest.ExitCode.TESTS_FAILED
        assert "1 skipped" in result.stdout
        assert "no browser" in result.stdout

    def test_turns_an_expected_failure_red(self, run_pytest):
        source = "import pytest\n@pytest.mark.xfail\ndef test_fails(): assert 0\n"

        result = run_pytest(source, FLASKY_NO_SKIPS="1")

        assert result.returncode == pytest.ExitCode.TESTS_FAILED

    def test_turns_a_module_that_skips_itself_red(self, run_pytest):
        source = "import pytest\npytest.skip('later', allow_module_level=True)\n"

        result = run_pytest(source, "-n", "1", FLASKY_NO_SKIPS="1")

        assert result.returncode != pytest.ExitCode.OK

    def test_turns_a_run_without_tests_red(self, run_pytest):
        result = run_pytest("", FLASKY_NO_SKIPS="1")

        assert result.returncode != pytest.ExitCode.OK

    def test_lets_a_complete_run_be_green(self, run_pytest):
        result = run_pytest("def test_runs(): pass\n", FLASKY_NO_SKIPS="1")

        assert result.returncode == pytest.ExitCode.OK

    def test_lets_tests_be_skipped_when_nobody_minds(self, run_pytest):
        result = run_pytest(self.skipping)

        assert result.returncode == pytest.ExitCode.OK
