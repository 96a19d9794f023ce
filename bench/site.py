"""The site that is measured, in a database of its own that is kept for the next run."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

from accounts.models import Decision, User
from bench import filling
from bench.environment import with_database
from bench.sizes import Size
from blog.models import Comment, Post
from blog.querysets import BLOCK_SIZE
from social.models import Follow

# Raised whenever the rows are made in another way.
VERSION = 1
FILLED = (User, User.groups.through, Post, Comment, Follow, Decision)
TABLES = [model._meta.db_table for model in FILLED]

# Recounts, which say how many counters are wrong: of whole tables, since nobody uses
# the site meanwhile, where doctor reads a stretch of rows at a time.
WRONG = {
    "posts of members": """
        SELECT count(*) FROM accounts_user AS u LEFT JOIN (
            SELECT author_id AS id, count(*) AS n FROM blog_post
            WHERE NOT is_hidden AND deleted_at IS NULL GROUP BY 1) AS found USING (id)
        WHERE u.post_count <> coalesce(found.n, 0)""",
    "comments of members": """
        SELECT count(*) FROM accounts_user AS u LEFT JOIN (
            SELECT comment.author_id AS id, count(*) AS n FROM blog_comment AS comment
            JOIN blog_post AS post ON post.id = comment.post_id
            WHERE NOT comment.is_disabled AND comment.deleted_at IS NULL
            AND NOT post.is_hidden AND post.deleted_at IS NULL
            GROUP BY 1) AS found USING (id)
        WHERE u.comment_count <> coalesce(found.n, 0)""",
    "follows": """
        SELECT count(*) FROM accounts_user AS u
        LEFT JOIN (SELECT followed_id AS id, count(*) AS n
                   FROM social_follow GROUP BY 1) AS followers USING (id)
        LEFT JOIN (SELECT follower_id AS id, count(*) AS n
                   FROM social_follow GROUP BY 1) AS following USING (id)
        WHERE u.follower_count <> coalesce(followers.n, 0)
        OR u.following_count <> coalesce(following.n, 0)""",
    "comments on posts": """
        SELECT count(*) FROM blog_post AS post LEFT JOIN (
            SELECT post_id AS id, count(*) AS places,
                   count(*) FILTER (WHERE NOT is_disabled) AS shown
            FROM blog_comment WHERE deleted_at IS NULL GROUP BY 1) AS found USING (id)
        WHERE post.comment_count <> coalesce(found.shown, 0)
        OR post.thread_length <> coalesce(found.places, 0)""",
    "blocks": f"""
        SELECT count(*) FROM blog_postblock AS block FULL JOIN (
            SELECT id / {BLOCK_SIZE} AS block, count(*) AS n FROM blog_post
            WHERE NOT is_hidden AND deleted_at IS NULL GROUP BY 1) AS found
            USING (block)
        WHERE block.post_count IS DISTINCT FROM found.n""",  # noqa: S608
}


def open_site(
    size: Size, url: str, say: Callable[[str], None], *, again: bool = False
) -> None:
    """Build the site of that size on the server of ``url`` unless it is there.

    Django's database must be that of the site. One whose building was interrupted, or
    of an older form, is built anew.
    """
    say("Collecting static files")
    call_command("collectstatic", interactive=False, verbosity=0)
    is_new = _make_database(size, url, say, again=again)
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        if is_new:
            _build(size, cursor, say)
        elif _is_behind():
            say("Migrating")
            call_command("migrate", verbosity=0)
            cursor.execute("VACUUM (ANALYZE)")
        # What was signed in to, or decided and undone, in the last run left traces,
        # for which index-only scans look into rows.
        tables = ", ".join([*TABLES, "accounts_session"])
        cursor.execute(f"VACUUM (INDEX_CLEANUP ON) {tables}")
    connection.close()


def _make_database(
    size: Size, url: str, say: Callable[[str], None], *, again: bool
) -> bool:
    """Make an empty database unless a whole one is there; say whether it is new."""
    with psycopg.connect(url, autocommit=True) as server:
        is_there = server.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [size.database]
        ).fetchone()
        if is_there:
            if not again and _is_whole(with_database(url, size.database), size):
                return False
            say("It goes" if again else "It is not whole, and goes")
            _run(server, "DROP DATABASE {} WITH (FORCE)", size)
        _run(server, "CREATE DATABASE {}", size)
    return True


def _run(server: psycopg.Connection[Any], statement: str, size: Size) -> None:
    name = sql.Identifier(size.database)
    server.execute(sql.SQL(statement).format(name))


def _mark_of(size: Size) -> dict[str, Any]:
    return {"version": VERSION, **vars(size)}


def _is_whole(url: str, size: Size) -> bool:
    with psycopg.connect(url) as database:
        try:
            row = database.execute("SELECT mark FROM bench_site").fetchone()
        except psycopg.errors.UndefinedTable:
            return False
    return row is not None and row[0] == _mark_of(size)


def _is_behind() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _build(size: Size, cursor: Any, say: Callable[[str], None]) -> None:
    say("Migrating")
    call_command("migrate", verbosity=0)
    cursor.execute("SET statement_timeout = 0")
    cursor.execute("SET synchronous_commit = off")
    cursor.execute("SET work_mem = '256MB'")
    cursor.execute("SET maintenance_work_mem = '512MB'")
    with _bare_tables(cursor, say):
        write_rows(size, cursor, say)
    for statement in connection.ops.sequence_reset_sql(no_style(), FILLED):
        cursor.execute(statement)
    say("VACUUM (FREEZE, ANALYZE)")
    cursor.execute("VACUUM (FREEZE, ANALYZE)")
    say("Recounting")
    if wrong := wrong_counters():
        sys.exit(f"Counters are wrong: {wrong}.")
    cursor.execute("CREATE TABLE bench_site (mark jsonb)")
    cursor.execute("INSERT INTO bench_site VALUES (%s)", [json.dumps(_mark_of(size))])


def write_rows(size: Size, cursor: Any, say: Callable[[str], None]) -> None:
    """Fill empty tables, whose triggers must not count what is written with counts."""
    _write_texts(cursor)
    for make in filling.BEFORE_THREADS:
        _fill(make(size), cursor, say)
    say("counting comments")
    cursor.execute(filling.THREADS)
    cursor.execute("ALTER TABLE bench_thread ADD PRIMARY KEY (post_id)")
    cursor.execute("ANALYZE bench_thread")
    for make in filling.AFTER_THREADS:
        _fill(make(size), cursor, say)
    cursor.execute("DROP TABLE bench_thread, bench_text")


def _write_texts(cursor: Any) -> None:
    cursor.execute(
        "CREATE TABLE bench_text (kind text, number int, body text, body_html text)"
    )
    cursor.executemany(
        "INSERT INTO bench_text VALUES (%s, %s, %s, %s)", filling.texts()
    )
    cursor.execute("ANALYZE bench_text")


def _fill(step: filling.Step, cursor: Any, say: Callable[[str], None]) -> None:
    table = step.model._meta.db_table
    for first in range(1, step.total + 1, step.chunk):
        last = min(first + step.chunk - 1, step.total)
        cursor.execute(step.statement(first, last))
        of = f"{last:,} of {step.total:,}" if step.total > 1 else f"{cursor.rowcount:,}"
        say(f"{table}: {of}")


@contextmanager
def _bare_tables(cursor: Any, say: Callable[[str], None]) -> Iterator[None]:
    """Take keys, indexes and triggers away while rows are made, which is faster."""
    cursor.execute(
        """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
        FROM pg_constraint WHERE conrelid::regclass::text = ANY(%s)
        AND contype IN ('f', 'u') ORDER BY contype DESC""",
        [TABLES],
    )
    constraints = cursor.fetchall()
    for table, name, _definition in constraints:
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    cursor.execute(
        """
        SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s)
        AND NOT EXISTS (SELECT FROM pg_constraint WHERE conname = indexname)""",
        [TABLES],
    )
    indexes = cursor.fetchall()
    for name, _definition in indexes:
        cursor.execute(f'DROP INDEX "{name}"')
    for table in TABLES:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield
    for table in TABLES:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    for name, definition in indexes:
        say(f"index {name}")
        cursor.execute(definition)
    for table, name, definition in constraints:
        say(f"constraint {name}")
        cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')


def wrong_counters() -> dict[str, int]:
    """Return how many counters of each kind differ from a recount."""
    found = {}
    with connection.cursor() as cursor:
        for name, query in WRONG.items():
            cursor.execute(query)
            (found[name],) = cursor.fetchone()
    return {name: count for name, count in found.items() if count}


def size_on_disk() -> int:
    """Return bytes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        size: int = cursor.fetchone()[0]
    return size
