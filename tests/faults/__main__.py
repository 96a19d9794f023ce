"""Break a site in every way that there is a script for: ``make faults``.

Usage: python -m tests.faults [SCRIPT …]
On one site, one script after the other; exits with 1 when a promise is broken.
"""

import sys
import time
from types import ModuleType

from tests.faults import (
    disk_full,
    many_connections,
    new_version,
    postgres_killed,
    redis_killed,
    slow_client,
    smtp_killed,
    web_killed,
    worker_killed,
)
from tests.faults.site import a_site
from tests.faults.verdicts import judge

_ALL = [web_killed, worker_killed, postgres_killed, redis_killed, smtp_killed]
_ALL += [disk_full, slow_client, many_connections, new_version]


def chosen(names: list[str]) -> list[ModuleType]:
    by_name = {module.__name__.rpartition(".")[2]: module for module in _ALL}
    if unknown := set(names) - set(by_name):
        raise SystemExit(f"Not a script: {', '.join(sorted(unknown))}")
    return [by_name[name] for name in names] or _ALL


def main() -> int:
    modules = chosen(sys.argv[1:])
    began = time.monotonic()
    with a_site() as site:
        verdicts = [judge(module.script, site, module.TITLE) for module in modules]
    print(f"\n{time.monotonic() - began:.0f} s in all")
    for verdict in verdicts:
        print(f"{'kept  ' if verdict.is_kept else 'BROKEN'}  {verdict.title}")
    return 0 if all(verdict.is_kept for verdict in verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
