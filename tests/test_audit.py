import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ADVISORY = {"id": "PYSEC-2026-1", "fix_versions": ["1.1"], "description": "Bad."}
# Nothing listens there.
NOWHERE = "http://127.0.0.1:9"


def audit(python, *lists):
    return subprocess.run(
        [python, ROOT / "bin/audit.py", *lists],
        cwd=ROOT,
        env={"PATH": os.defpath, "HTTPS_PROXY": NOWHERE, "https_proxy": NOWHERE},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def answering(tmp_path):
    """Audit with a pip-audit that says what the test wants, and notes how it is run."""
    # Programs are looked for beside the interpreter.
    python = tmp_path / "python"
    python.symlink_to(sys.executable)

    def answering(stdout="", stderr="", status=0):
        (tmp_path / "stdout").write_text(stdout)
        (tmp_path / "stderr").write_text(stderr)
        program = tmp_path / "pip-audit"
        program.write_text(
            f'#!/bin/sh\necho "$@" >{tmp_path}/asked\n'
            f"cat {tmp_path}/stdout; cat {tmp_path}/stderr >&2; exit {status}\n"
        )
        program.chmod(0o755)
        return audit(python), (tmp_path / "asked").read_text()

    return answering


def said_of(*packages):
    return json.dumps({"dependencies": list(packages), "fixes": []})


class TestAudit:
    def test_says_that_nothing_was_audited_where_the_service_is_out_of_reach(
        self, tmp_path
    ):
        pins = tmp_path / "requirements.txt"
        pins.write_text("django==5.2.19\n")

        result = audit(sys.executable, pins)

        assert result.returncode == 2
        assert "NOT AUDITED" in result.stderr
        assert result.stdout == ""

    def test_asks_about_everything_and_passes_over_nothing(self, answering):
        result, asked = answering(
            said_of({"name": "django", "version": "5.2.19", "vulns": []})
        )

        assert "--requirement requirements.txt" in asked
        assert "--requirement requirements-dev.txt" in asked
        assert "--strict" in asked
        assert result.stdout == "Audited 1 packages: 0 advisories.\n"
        assert result.returncode == 0

    def test_names_the_advisory_and_what_mends_it(self, answering):
        package = {"name": "django", "version": "1.0", "vulns": [ADVISORY]}

        result, _asked = answering(said_of(package), status=1)

        assert "django 1.0: PYSEC-2026-1\n    mended in 1.1" in result.stdout
        assert result.returncode == 1

    @pytest.mark.parametrize(
        "stdout",
        [
            "",
            "<html>Log in to the network</html>",
            "[]",
            said_of(),
            said_of(
                {"name": "django", "version": "5.2.19", "vulns": []},
                {"name": "pillow", "skip_reason": "not found"},
            ),
        ],
    )
    def test_does_not_pass_on_half_an_answer(self, answering, stdout):
        result, _asked = answering(stdout, "no such package", status=0)

        assert "NOT AUDITED" in result.stderr
        assert "no such package" in result.stderr
        assert result.returncode == 2

    def test_says_so_where_pip_audit_is_not_installed(self, answering, tmp_path):
        answering()
        (tmp_path / "pip-audit").unlink()

        result = audit(tmp_path / "python")

        assert "NOT AUDITED" in result.stderr
        assert result.returncode == 2
