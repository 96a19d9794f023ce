#!/usr/bin/env python3
"""Ask the advisory service of PyPI about every pinned package, and say what came of it.

Ends with 0 when every package was looked up and none has an advisory, with 1 when one
has, and with 2 when the service could not be asked about each of them: what was not
audited has not passed.
"""

import json
import subprocess
import sys
from pathlib import Path

# What runs on a server, and what runs where Flasky is worked on.
LISTS = ["requirements.txt", "requirements-dev.txt"]
PIP_AUDIT = Path(sys.executable).with_name("pip-audit")
CLEAN, ADVISORIES, NOT_AUDITED = 0, 1, 2


def ask(lists: list[str]) -> "subprocess.CompletedProcess[str]":
    """Run pip-audit on what is pinned, without a resolver, which needs no network."""
    named = [part for name in lists for part in ("--requirement", name)]
    # Without --strict it passes over what the service does not know, as when something
    # else answers in its place, and ends well.
    how = ["--no-deps", "--disable-pip", "--strict", "--progress-spinner", "off"]
    command = [str(PIP_AUDIT), *named, *how, "--timeout", "15", "--format", "json"]
    # The names of files come from whoever typed the command.
    return subprocess.run(  # noqa: S603
        command, capture_output=True, text=True, check=False
    )


def packages_in(answer: str) -> list[dict]:
    """Return what pip-audit says of each package, [] when it has said nothing."""
    try:
        return json.loads(answer)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return []


def report(packages: list[dict]) -> int:
    """Print what is known about ``packages`` and return how to end."""
    found = [(package, each) for package in packages for each in package["vulns"]]
    for package, advisory in found:
        mended = ", ".join(advisory["fix_versions"]) or "no version yet"
        print(f"{package['name']} {package['version']}: {advisory['id']}")
        print(f"    mended in {mended}")
    print(f"Audited {len(packages)} packages: {len(found)} advisories.")
    return ADVISORIES if found else CLEAN


def main(lists: list[str]) -> int:
    try:
        result = ask(lists)
    except OSError as error:
        return not_audited(str(error))
    packages = packages_in(result.stdout)
    if not packages or any("vulns" not in package for package in packages):
        return not_audited(result.stderr.strip() or "pip-audit said nothing.")
    return report(packages)


def not_audited(why: str) -> int:
    lines = why.splitlines()
    print(
        "NOT AUDITED: the advisory service did not answer for every package.",
        file=sys.stderr,
    )
    print(f"    {lines[-1]}", file=sys.stderr)
    print("    Try again where https://pypi.org/ can be reached.", file=sys.stderr)
    return NOT_AUDITED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or LISTS))
