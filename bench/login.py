"""Time a refused log-in for known and unknown accounts: ``python -m bench.login``.

Posts to the log-in page with a wrong password, by turns for each kind of name, and
prints the medians in milliseconds. They may differ by 10 % at most, or the time that it
takes tells who has an account.
"""

import os
import platform
import statistics
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "flasky_site.settings.test")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from accounts.models import User  # noqa: E402
from bench.databases import temporary_database  # noqa: E402

ROUNDS = 51
MAY_DIFFER = 0.10
LOGINS = ["known", "known@example.com", "unknown", "unknown@example.com"]
ARGON2 = "django.contrib.auth.hashers.Argon2PasswordHasher"


def milliseconds(login: str) -> float:
    # No limit may stop the measuring.
    cache.clear()
    start = time.perf_counter()
    Client().post("/auth/login/", {"login": login, "password": "a wrong password"})
    return (time.perf_counter() - start) * 1000


def measure() -> dict[str, float]:
    User.objects.create_user("known", "known@example.com", "the right password")
    times: dict[str, list[float]] = {login: [] for login in LOGINS}
    for _round in range(ROUNDS):
        for login in LOGINS:
            times[login].append(milliseconds(login))
    return {login: statistics.median(found) for login, found in times.items()}


def main() -> None:
    settings.PASSWORD_HASHERS = [ARGON2]
    setup_test_environment()
    with temporary_database():
        medians = measure()
    print(f"Python {platform.python_version()}, {platform.machine()}, {ROUNDS} rounds")
    for login, median in medians.items():
        print(f"{median:7.1f} ms  {login}")
    spread = max(medians.values()) / min(medians.values()) - 1
    print(f"They differ by {spread:.1%}.")
    if spread > MAY_DIFFER:
        sys.exit(f"More than {MAY_DIFFER:.0%}.")


if __name__ == "__main__":
    main()
