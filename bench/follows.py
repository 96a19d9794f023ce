"""Measure following on PostgreSQL: ``python -m bench.follows [SECONDS]``.

Makes 200,000 members, one of whom 100,000 follow, in a test database. Prints how many
pages of the database (8 kB) it takes to follow that member and to follow anybody. Then
8 processes follow and unfollow the one member and each other for SECONDS (30 unless
told), and the counters are compared with a recount: they must be exact. What lists of
people cost is among what ``make bench`` measures.
"""

import multiprocessing
import os
import random
import statistics
import sys
import time
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "flasky_site.settings.test")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import OperationalError, connection, transaction  # noqa: E402
from django.db.models import Count, F, OuterRef, Subquery  # noqa: E402
from django.db.models.functions import Coalesce  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from accounts.models import User  # noqa: E402
from bench.databases import temporary_database  # noqa: E402
from social import services  # noqa: E402
from social.models import Follow  # noqa: E402

MEMBERS, FOLLOWERS = 200_000, 100_000
PROCESSES, AT_MOST_SECONDS, ROUNDS = 8, 120, 11
STAR, NOBODY, READER = 1, 150_000, 160_000
# Each process has its own member, and all of them have the star in common.
CROWD = range(170_000, 170_000 + PROCESSES)
MAY_DIFFER = 1.4

MAKE_MEMBERS = """
    INSERT INTO accounts_user (id, username, email, password, name, location, about_me,
        gravatar_hash, is_superuser, is_staff, is_active, date_joined, last_seen_at,
        confirmed_at)
    SELECT n, chr(97 + n %% 26) || 'member' || n, 'member' || n || '@example.com', '',
        initcap(substr(md5(n::text), 1, 6)) || ' ' || n, '', '', '', false, false, true,
        now(), now(), now()
    FROM generate_series(1, %s) AS n"""
MAKE_FOLLOWS = """
    INSERT INTO social_follow (follower_id, followed_id, created_at)
    SELECT n, %s, now() FROM generate_series(2, %s) AS n"""


def fill() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(MAKE_MEMBERS, [MEMBERS])
        cursor.execute(MAKE_FOLLOWS, [STAR, FOLLOWERS + 1])
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("VACUUM ANALYZE accounts_user, social_follow")


def pages_read(act: Callable[[], object]) -> float:
    """Return how many pages of the database ``act`` touches, in the middle of some."""
    return statistics.median(_touched(act) for _round in range(ROUNDS))


def _touched(act: Callable[[], object]) -> int:
    before = _count()
    act()
    # What the second look itself takes is the same each time, and taken off.
    after = _count()
    return (after - before) - (_count() - after)


def _count() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT blks_hit + blks_read FROM pg_stat_database "
            "WHERE datname = current_database()"
        )
        count: int = cursor.fetchone()[0]
        return count


def follow_and_back(person: User) -> Callable[[], None]:
    reader = User.objects.get(pk=READER)

    def act() -> None:
        services.follow(follower=reader, followed=person)
        services.unfollow(follower=reader, followed=person)

    return act


def measure() -> bool:
    """Print what things cost; return False when a member whom many follow is dear."""
    costs = {}
    for label, key in (("anybody", NOBODY), ("the star", STAR)):
        costs[label] = pages_read(follow_and_back(User.objects.get(pk=key)))
        print(f"{costs[label]:7.0f} pages  follow and unfollow {label}")
    return costs["the star"] <= costs["anybody"] * MAY_DIFFER


def come_and_go(database: str, member: int, seconds: float) -> tuple[int, int]:
    """Follow and unfollow at random; return how often, and how often it failed."""
    connection.settings_dict["NAME"] = database
    people = User.objects.in_bulk([STAR, *CROWD])
    me, others = people[member], [people[key] for key in people if key != member]
    chance, end, done, failed = random.Random(member), time.monotonic() + seconds, 0, 0  # noqa: S311
    while time.monotonic() < end:
        act = chance.choice([services.follow, services.unfollow])
        other = people[STAR] if chance.random() < 0.5 else chance.choice(others)
        pair = (me, other) if chance.random() < 0.8 else (other, me)
        try:
            act(follower=pair[0], followed=pair[1])
        except OperationalError:
            failed += 1
        done += 1
    return done, failed


def wrong_counts() -> int:
    """Return how many members' counters differ from a recount."""

    def recount(end: str) -> Coalesce:
        rows = Follow.objects.filter(**{end: OuterRef("pk")}).order_by().values(end)
        return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)

    checked = User.objects.filter(pk__in=[STAR, NOBODY, READER, *CROWD]).annotate(
        followers_now=recount("followed"), following_now=recount("follower")
    )
    right = checked.filter(
        follower_count=F("followers_now"), following_count=F("following_now")
    )
    return checked.count() - right.count()


def main() -> None:
    if connection.vendor != "postgresql":
        sys.exit("SQLite lets one write after the other: set DATABASE_URL.")
    seconds = min(float(sys.argv[1]) if sys.argv[1:] else 30, AT_MOST_SECONDS)
    settings.ALLOWED_HOSTS = ["*"]
    setup_test_environment()
    with temporary_database():
        fill()
        is_cheap = measure()
        name = connection.settings_dict["NAME"]
        connection.close()
        with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
            jobs = [(name, member, seconds) for member in CROWD]
            results = pool.starmap(come_and_go, jobs)
        done, failed = (sum(column) for column in zip(*results, strict=True))
        wrong = wrong_counts()
    print(f"{PROCESSES} processes: {done / seconds:.0f} a second for {seconds:.0f} s")
    print(f"{failed} failed; the counters of {wrong} members are wrong")
    if wrong or failed or not is_cheap:
        sys.exit("That must not be.")


if __name__ == "__main__":
    main()
