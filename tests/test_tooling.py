import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def write_program(path, script):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def run(*command, path, **environment):
    return subprocess.run(
        [str(part) for part in command],
        env={"PATH": str(path), "HOME": "/nonexistent", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def bin_folder(tmp_path):
    """A PATH that holds nothing but what the test puts there."""
    folder = tmp_path / "bin"
    folder.mkdir()
    return folder


class TestFindPython:
    script = ROOT / "bin/find-python"

    def find(self, bin_folder):
        return run("/bin/sh", self.script, path=bin_folder)

    def test_passes_over_names_that_do_not_run_and_interpreters_that_are_old(
        self, bin_folder
    ):
        write_program(bin_folder / "python3.14", "echo no such version >&2; exit 127")
        write_program(
            bin_folder / "python3.13", 'echo 3.9; [ "${2#*sys.exit}" = "$2" ]'
        )
        good = write_program(bin_folder / "python3", f'exec "{sys.executable}" "$@"')

        result = self.find(bin_folder)

        assert result.stdout.strip() == str(good)
        assert result.returncode == 0

    def test_says_how_to_get_one_when_there_is_none(self, bin_folder):
        result = self.find(bin_folder)

        assert result.returncode == 1
        assert result.stdout == ""
        assert "needs Python 3.11 or newer; none was found." in result.stderr
        assert "apt install python3" in result.stderr
        assert "brew install python@3.12" in result.stderr

    def test_names_the_old_one_that_it_found(self, bin_folder):
        write_program(bin_folder / "python3", 'echo 3.9; [ "${2#*sys.exit}" = "$2" ]')

        result = self.find(bin_folder)

        assert "python3 is Python 3.9" in result.stderr
        assert result.returncode == 1

    def test_tells_a_python_without_venv_from_no_python(self, bin_folder):
        write_program(bin_folder / "python3", 'echo 3.12; [ "${2#*ensurepip}" = "$2" ]')

        result = self.find(bin_folder)

        assert "python3 is Python 3.12, without venv and ensurepip" in result.stderr
        assert "apt install python3-venv" in result.stderr
        assert result.returncode == 1


class TestFindChromium:
    script = ROOT / "bin/find-chromium"

    @pytest.fixture(autouse=True)
    def tools(self, bin_folder):
        for name in ["dirname", "find", "sort"]:
            write_program(bin_folder / name, f'PATH=/usr/bin:/bin exec {name} "$@"')

    def find(self, bin_folder, **environment):
        return run("/bin/sh", self.script, path=bin_folder, **environment)

    def test_passes_over_a_browser_that_does_not_start(self, bin_folder):
        write_program(bin_folder / "chromium", "exit 1")
        good = write_program(bin_folder / "google-chrome", "exit 0")

        assert self.find(bin_folder).stdout.strip() == str(good)

    def test_takes_the_path_that_is_given(self, bin_folder, tmp_path):
        write_program(bin_folder / "chromium", "exit 0")
        given = write_program(tmp_path / "My Browser.app/chrome", "exit 0")

        result = self.find(bin_folder, FLASKY_CHROMIUM=str(given))

        assert result.stdout.strip() == str(given)

    def test_finds_what_playwright_downloaded(self, bin_folder, tmp_path):
        cached = tmp_path / ".cache/ms-playwright/chromium-1187/chrome-linux/chrome"
        write_program(cached, "exit 0")

        result = self.find(bin_folder, HOME=str(tmp_path))

        assert result.stdout.strip() == str(cached)

    def test_prints_nothing_when_there_is_none(self, bin_folder):
        result = self.find(bin_folder)

        assert result.stdout == ""
        assert result.returncode == 1


@pytest.fixture
def clone(tmp_path):
    """A clone in a folder with a space; its Python writes down what it is told."""
    folder = tmp_path / "my clone"
    shutil.copytree(ROOT / "bin", folder / "bin")
    write_program(folder / ".venv/bin/python", 'echo "$@" >>"$0.log"')
    return folder


def calls(clone):
    lines = (clone / ".venv/bin/python.log").read_text().splitlines()
    return [line for line in lines if not line.startswith("-c")]


class TestBootstrap:
    def bootstrap(self, clone, name="requirements.txt"):
        return run(clone / "bin/bootstrap", name, path=os.defpath)

    def test_installs_again_only_when_the_file_has_changed(self, clone):
        pins = clone / "requirements.txt"
        pins.write_text("django==5.2\n")

        self.bootstrap(clone)
        self.bootstrap(clone)
        assert len(calls(clone)) == 1

        pins.write_text("django==5.3\n")
        self.bootstrap(clone)
        assert len(calls(clone)) == 2

    def test_tries_again_after_an_installation_that_failed(self, clone):
        (clone / "requirements.txt").write_text("django==5.2\n")
        failing = 'echo "$@" >>"$0.log"; [ "$1" = -c ]'
        write_program(clone / ".venv/bin/python", failing)

        assert self.bootstrap(clone).returncode == 1
        assert self.bootstrap(clone).returncode == 1
        assert len(calls(clone)) == 2

    def test_has_what_the_site_needs_once_the_tools_are_there(self, clone):
        for name in ["requirements.txt", "requirements-dev.txt"]:
            (clone / name).write_text("django==5.2\n")

        self.bootstrap(clone, "requirements-dev.txt")
        self.bootstrap(clone, "requirements.txt")

        assert len(calls(clone)) == 1


class TestRunTests:
    def test_says_aloud_what_was_not_run_without_a_browser(self, clone):
        write_program(clone / "bin/find-chromium", "exit 1")

        result = run(clone / "bin/run-tests", path=os.defpath)

        assert "NOT RUN: the browser tests" in result.stderr
        assert result.returncode == 0

    def test_hands_the_browser_and_the_arguments_on(self, clone):
        write_program(clone / "bin/find-chromium", "echo '/My Browser/chrome'")
        noting = 'echo "$FLASKY_CHROMIUM" "$@" >>"$0.log"; exit 3'
        write_program(clone / ".venv/bin/python", noting)

        result = run(clone / "bin/run-tests", "-k", "a b", path=os.defpath)

        (call,) = calls(clone)
        assert call.startswith("/My Browser/chrome -m pytest")
        assert call.endswith("-k a b")
        assert result.returncode == 3


class TestServe:
    @pytest.fixture
    def taken_port(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            yield server.getsockname()[1]

    def serve(self, port):
        return run(sys.executable, ROOT / "bin/serve.py", port, path=os.defpath)

    def test_says_that_the_port_is_taken(self, taken_port):
        result = self.serve(taken_port)

        assert f"Port {taken_port} is taken by another program" in result.stderr
        assert f"make run PORT={taken_port + 1}" in result.stderr
        assert "Traceback" not in result.stderr

    @pytest.mark.parametrize("port", ["0", "65536", "-1", "http", "\u0668\u0660", ""])
    def test_refuses_what_is_no_port(self, port):
        result = self.serve(port)

        assert "PORT must be a number from 1 to 65535" in result.stderr
        assert result.returncode == 1


class TestMakefile:
    def test_lists_every_target(self):
        makefile = (ROOT / "Makefile").read_text()
        (phony,) = re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)

        listed = run(
            "make", "-C", ROOT, "--no-print-directory", path=os.environ["PATH"]
        )

        targets = [line.split()[1] for line in listed.stdout.splitlines()]
        assert sorted(targets) == sorted(phony.split())


def pins(name):
    lines = (ROOT / name).read_text().splitlines()
    return {line.split(" ;")[0] for line in lines if re.match(r"\w", line)}


class TestRequirements:
    def test_tools_bring_what_the_site_needs_at_the_same_versions(self):
        assert pins("requirements.txt") <= pins("requirements-dev.txt")

    @pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
    def test_every_package_is_pinned(self, name):
        assert all("==" in pin for pin in pins(name))

    def test_tells_what_each_chosen_package_is_for(self):
        told = (ROOT / "docs/dependencies.md").read_text().lower()
        chosen = (ROOT / "requirements.in", ROOT / "requirements-dev.in")

        names = re.findall(
            r"^[a-z][a-z0-9-]+",
            "\n".join(file.read_text().lower() for file in chosen),
            re.MULTILINE,
        )

        assert [name for name in names if f"| {name}" not in told] == []
