"""What starts a site elsewhere takes the steps that a rehearsal takes here."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
OURS = ["release", "web", "worker"]


def programs():
    """Name each program of ours that a file starts, as ``file: program``."""
    for line in (ROOT / "Procfile").read_text().splitlines():
        yield "Procfile", line.split()[1]
    for path in (ROOT / "deploy/systemd").glob("*.service"):
        for name in re.findall(r"^ExecStart=.*?(deploy/\w+)", path.read_text(), re.M):
            yield path.name, name
    for name in OURS:
        if command := COMPOSE["services"][name].get("command"):
            yield "compose.yaml", command[0]
    text = (ROOT / "Dockerfile").read_text()
    yield from (
        ("Dockerfile", name) for name in re.findall(r"deploy/\w+(?:\.py)?", text)
    )


class TestDeploymentFiles:
    @pytest.mark.parametrize(("file", "program"), sorted({*programs()}))
    def test_start_programs_that_are_there(self, file, program):
        path = ROOT / program

        assert path.exists()
        assert path.suffix == ".py" or path.stat().st_mode & 0o111

    def test_rehearse_every_step(self):
        rehearsal = (ROOT / "deploy/rehearse.py").read_text()

        steps = {program for _, program in programs()}

        assert {step for step in steps if f'"{step}"' not in rehearsal} == set()

    def test_give_programs_a_user_without_rights(self):
        dockerfile = (ROOT / "Dockerfile").read_text()

        assert "\nUSER flasky\n" in dockerfile
        for path in (ROOT / "deploy/systemd").glob("*.service"):
            assert "\nUser=flasky\n" in path.read_text()

    @pytest.mark.parametrize(
        "line",
        [
            "header_up X-Forwarded-For {remote_host}",
            "header_up X-Forwarded-Proto {scheme}",
            "header_up X-Request-ID {http.request.uuid}",
            "compression off",
        ],
    )
    def test_have_a_proxy_that_speaks_for_itself(self, line):
        caddyfile = (ROOT / "deploy/Caddyfile").read_text().splitlines()

        assert line in map(str.strip, caddyfile)

    @pytest.mark.parametrize("name", OURS)
    def test_keep_secrets_out_of_what_compose_shows(self, name):
        environment = COMPOSE["services"][name]["environment"]

        assert environment["SECRET_KEY_FILE"] == "/run/secrets/secret_key"
        assert environment["DATABASE_URL_FILE"] == "/run/secrets/database_url"

    def test_set_only_variables_that_the_settings_read(self):
        listed = {
            line.split("=")[0]
            for line in (ROOT / ".env.example").read_text().splitlines()
            if re.match(r"[A-Z_]+=", line)
        }

        for name in OURS:
            given = COMPOSE["services"][name]["environment"]
            assert {key.removesuffix("_FILE") for key in given} <= listed

    @pytest.mark.parametrize("script", ["build", "manage", "release", "web", "worker"])
    def test_are_scripts_that_a_shell_understands(self, script):
        subprocess.run(["sh", "-n", ROOT / "deploy" / script], check=True)
