"""Measure the deletion of a member: ``python -m bench.departure [POSTS [FOLLOWERS]]``.

Builds a member with 50,000 posts, six comments for each (two by the member, two by
others, and two of the member's on the posts of others) and 100,000 followers unless
told, says good-bye to them and lets one worker do the rest, as in production.
DATABASE_URL chooses the PostgreSQL on which that happens in a database of its own;
without it, SQLite in a file. Prints how many transactions deleted how many rows, the
longest of them, the memory of the process at its most and the time.

A transaction over 500 ms or a counter that is wrong afterwards is a failure.
"""

import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.scratch.settings")
os.environ.setdefault("SMTP_PORT", "0")
_FOLDER = tempfile.TemporaryDirectory()
os.environ.setdefault("DATABASE_URL", f"sqlite:///{_FOLDER.name}/unused.sqlite3")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from accounts.models import User  # noqa: E402
from bench.databases import temporary_database  # noqa: E402
from bench.machine import peak_memory  # noqa: E402
from blog.counters import COUNTERS as BLOG_COUNTERS  # noqa: E402
from blog.models import Comment, Post  # noqa: E402
from blog.querysets import BLOCK_SIZE  # noqa: E402
from flasky_site.lib.worker import Worker  # noqa: E402
from social import services  # noqa: E402
from social.counters import COUNTERS as SOCIAL_COUNTERS  # noqa: E402
from social.models import Follow  # noqa: E402

LONGEST = 500
COMMENTS_A_POST = 8
OTHERS = 20_000

NUMBERS = """
    WITH RECURSIVE numbers AS (
        SELECT 1 AS n UNION ALL SELECT n + 1 FROM numbers WHERE n < {count})"""
# The member is number 1. Others wrote as many posts among those of the member.
FILL = [
    """
    INSERT INTO accounts_user (
        id, password, is_superuser, username, email, name, location, about_me,
        gravatar_hash, confirmed_at, date_joined, last_seen_at, is_staff, is_active)
    {numbers}
    SELECT n, '!', false, 'member' || n, 'member' || n || '@example.com', '', '', '',
           '', current_timestamp, current_timestamp, current_timestamp, false, true
    FROM numbers""",
    """
    INSERT INTO blog_post (
        id, author_id, body, body_html, created_at, is_hidden)
    {numbers}
    SELECT n, CASE WHEN n % 2 = 0 THEN 1 ELSE 2 + n % ({members} - 1) END,
           {text}, {text}, current_timestamp, false
    FROM numbers""",
    # Of four comments, two are by the member and two by others, one of each on a post
    # of the member.
    """
    INSERT INTO blog_comment (
        id, post_id, author_id, body, body_html, created_at, is_disabled)
    {numbers}
    SELECT n, 1 + (n * 37) % {posts},
           CASE WHEN n / 2 % 2 = 0 THEN 1 ELSE 2 + n % ({members} - 1) END,
           {text}, {text}, current_timestamp, n % 50 = 0
    FROM numbers""",
    """
    INSERT INTO social_follow (follower_id, followed_id, created_at)
    {numbers}
    SELECT n, 1, current_timestamp FROM numbers WHERE n > 1
    UNION ALL
    SELECT 1, n, current_timestamp FROM numbers WHERE n > 1 AND n <= 5001""",
]
# What the triggers do where they are at work.
COUNT = [
    """
    UPDATE accounts_user AS u SET
    post_count = (SELECT count(*) FROM blog_post WHERE author_id = u.id),
    comment_count = (SELECT count(*) FROM blog_comment
                     WHERE author_id = u.id AND NOT is_disabled),
    follower_count = (SELECT count(*) FROM social_follow WHERE followed_id = u.id),
    following_count = (SELECT count(*) FROM social_follow WHERE follower_id = u.id)""",
    """
    UPDATE blog_post SET thread_length = said.places, comment_count = said.shown
    FROM (SELECT post_id, count(*) AS places,
                 count(*) FILTER (WHERE NOT is_disabled) AS shown
          FROM blog_comment GROUP BY 1) AS said
    WHERE blog_post.id = said.post_id""",
    f"""
    INSERT INTO blog_postblock (block, post_count)
    SELECT id / {BLOCK_SIZE}, count(*) FROM blog_post GROUP BY 1""",  # noqa: S608
]


def fill(posts: int, followers: int) -> None:
    """Build the site, and count what is there."""
    members = max(followers + 1, OTHERS)
    counts = [members, posts * 2, posts * COMMENTS_A_POST, members]
    text = "'" + "some words " * 25 + "'"
    is_postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        if is_postgresql:
            cursor.execute("SET statement_timeout = 0")
            cursor.execute("SET session_replication_role = replica")
        for statement, count in zip(FILL, counts, strict=True):
            numbers = NUMBERS.format(count=count)
            cursor.execute(
                statement.format(
                    numbers=numbers, members=members, posts=posts * 2, text=text
                )
            )
        if is_postgresql:
            for statement in COUNT:
                cursor.execute(statement)
            cursor.execute("VACUUM (ANALYZE)")
            cursor.execute("RESET session_replication_role")
            cursor.execute("RESET statement_timeout")
        else:
            cursor.execute("ANALYZE")


@contextmanager
def timed_transactions() -> Iterator[list[float]]:
    """Note how many milliseconds each outermost transaction takes, commit included."""
    times: list[float] = []
    enter, leave = transaction.Atomic.__enter__, transaction.Atomic.__exit__
    begun: list[float] = []

    def note_enter(atomic: Any) -> None:
        if not connection.in_atomic_block:
            begun.append(time.perf_counter())
        enter(atomic)

    def note_leave(atomic: Any, *error: Any) -> None:
        leave(atomic, *error)
        if not connection.in_atomic_block:
            times.append((time.perf_counter() - begun.pop()) * 1000)

    setattr(transaction.Atomic, "__enter__", note_enter)  # noqa: B010
    setattr(transaction.Atomic, "__exit__", note_leave)  # noqa: B010
    try:
        yield times
    finally:
        setattr(transaction.Atomic, "__enter__", enter)  # noqa: B010
        setattr(transaction.Atomic, "__exit__", leave)  # noqa: B010


def wrong_counters() -> int:
    counters = [*BLOG_COUNTERS, *SOCIAL_COUNTERS]
    return sum(len(keys) for counter in counters for keys in counter.wrong())


def rows() -> int:
    return sum(model.objects.count() for model in (Post, Comment, Follow))


def say_goodbye() -> bool:
    """Print what it cost; say whether that was too much, or left something wrong."""
    member, before, memory = User.objects.get(pk=1), rows(), peak_memory()
    start = time.monotonic()
    services.delete_member(actor=None, member=member)
    print(f"Out of sight in {(time.monotonic() - start) * 1000:.0f} ms")
    with timed_transactions() as times:
        Worker(batch=True, interval=0).run()
    seconds = time.monotonic() - start
    print(
        f"{before - rows()} rows in {len(times)} transactions and {seconds:.1f} s; "
        f"median {statistics.median(times):.0f} ms, longest "
        f"{', '.join(f'{time:.0f}' for time in sorted(times)[:-4:-1])} ms; "
        f"at most {peak_memory():.0f} MB, {memory:.0f} MB before"
    )
    wrong = wrong_counters()
    is_there = User.objects.filter(pk=member.pk).exists()
    print(f"{wrong} counters wrong; the member is {'THERE' if is_there else 'gone'}")
    is_slow = connection.vendor == "postgresql" and max(times) > LONGEST
    return bool(wrong) or is_there or is_slow


def main() -> None:
    given = [int(text) for text in sys.argv[1:] if text.isdecimal()]
    posts, followers = [*given, *(50_000, 100_000)[len(given) :]]
    if connection.vendor == "sqlite":
        test_name = f"{_FOLDER.name}/departure.sqlite3"
        settings.DATABASES["default"]["TEST"]["NAME"] = test_name
    with temporary_database():
        start = time.monotonic()
        fill(posts, followers)
        print(f"Python {platform.python_version()}, {connection.vendor}")
        print(f"{posts} posts, {followers} followers, built in", end=" ")
        print(f"{time.monotonic() - start:.0f} s")
        is_wrong = say_goodbye()
    if is_wrong:
        sys.exit("Too slow, or something is wrong.")


if __name__ == "__main__":
    main()
