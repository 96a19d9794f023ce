"""The counters of blog, kept by the database on both engines.

They count what the public sees: a post that is hidden or deleted does not count, nor
do the comments beneath it for those who wrote them; a comment that is disabled or
deleted does not either. On PostgreSQL each trigger fires once a statement, so that bulk
changes stay linear, and locks members, posts and blocks in the order of their ids. A
transaction of several statements can still meet another one crosswise: a service that
deletes or hides rows of several members locks those members first.
"""

from collections.abc import Callable

from flasky_site.lib.triggers import TriggerSet, lock_rows

from .querysets import BLOCK_SIZE

# Whether a row is out of sight; {row} is what it is called in the statement.
_POST_AWAY = "({row}.is_hidden OR {row}.deleted_at IS NOT NULL)"
_COMMENT_AWAY = "({row}.is_disabled OR {row}.deleted_at IS NOT NULL)"
_COMMENT_GONE = "({row}.deleted_at IS NOT NULL)"


def _come_and_go(away: str) -> str:
    """Return the rows that the public sees since or until now, with ``by`` 1 or -1."""
    return f"""(
        SELECT *, CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END AS by FROM rows
        WHERE NOT {away.format(row="rows")}) AS changed"""


def _turned(away: str, keys: str) -> str:
    """Return the ``keys`` of rows that came into sight or went, with ``by`` 1 or -1.

    Not by a join of the rows as they are and were: PostgreSQL would compare each with
    each, in every statement that counts something.
    """
    now, before = away.format(row="rows"), away.format(row="old_rows")
    return f"""(
        SELECT {keys}, sum(by)::int AS by
        FROM (SELECT {keys}, 1 AS by FROM rows WHERE NOT {now}
              UNION ALL SELECT {keys}, -1 FROM old_rows WHERE NOT {before}) AS sides
        GROUP BY {keys} HAVING sum(by) <> 0) AS changed"""


def _triggers(name: str, table: str, come_and_go: str, turn: str) -> list[str]:
    """Return the statements that make PostgreSQL count the rows of ``table``.

    ``come_and_go`` is SQL for rows that are inserted or deleted, ``turn`` for those
    that change.
    """
    return [
        *(
            f"""
            CREATE OR REPLACE FUNCTION {name}_{function}() RETURNS trigger
            LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$"""
            for function, body in (("rows", come_and_go), ("turn", turn))
        ),
        *(
            f"""
            CREATE OR REPLACE TRIGGER {name}_{event.lower()} AFTER {event} ON {table}
            REFERENCING {tables}
            FOR EACH STATEMENT EXECUTE FUNCTION {name}_{function}()"""
            for event, tables, function in (
                ("INSERT", "NEW TABLE AS rows", "rows"),
                ("DELETE", "OLD TABLE AS rows", "rows"),
                ("UPDATE", "OLD TABLE AS old_rows NEW TABLE AS rows", "turn"),
            )
        ),
    ]


def _unless_nothing(turned: str, statements: str) -> str:
    return f"IF EXISTS (SELECT FROM {turned}) THEN {statements} END IF;"


def _add(table: str, column: str, key: str, changed: str) -> str:
    """Return SQL that adds the sums of ``changed`` by ``key`` to ``column``."""
    return f"""{lock_rows(table, f"SELECT {key} FROM {changed}")}
        UPDATE {table} SET {column} = {table}.{column} + sums.n
        FROM (SELECT {key} AS id, sum(by) AS n FROM {changed} GROUP BY 1) AS sums
        WHERE {table}.id = sums.id;"""


def _add_to_blocks(changed: str) -> str:
    """Counting down never makes a block, whose table may have been emptied first."""
    return f"""
        INSERT INTO blog_postblock (block, post_count)
        SELECT block, n FROM (SELECT id / {BLOCK_SIZE} AS block, sum(by) AS n
                              FROM {changed} GROUP BY 1) AS sums
        WHERE n > 0 OR EXISTS (SELECT FROM blog_postblock AS there
                               WHERE there.block = sums.block)
        ORDER BY block
        ON CONFLICT (block) DO UPDATE
        SET post_count = blog_postblock.post_count + EXCLUDED.post_count;"""


def _add_with_comments(changed: str) -> str:
    """Return SQL for posts that turn: who wrote them, and who commented on them.

    All in one statement, so that all these members are locked in the order of their
    ids.
    """
    seen = f"NOT {_COMMENT_AWAY.format(row='comment')}"
    shares = f"""
        SELECT author_id AS id, by AS posts, 0 AS comments FROM {changed}
        UNION ALL SELECT comment.author_id, 0, changed.by
        FROM {changed} JOIN blog_comment AS comment
        ON comment.post_id = changed.id AND {seen}"""
    return f"""{lock_rows("accounts_user", f"SELECT id FROM ({shares}) AS shares")}
        UPDATE accounts_user AS u
        SET post_count = u.post_count + sums.posts,
            comment_count = u.comment_count + sums.comments
        FROM (SELECT id, sum(posts) AS posts, sum(comments) AS comments
              FROM ({shares}) AS shares GROUP BY id) AS sums
        WHERE u.id = sums.id;"""


def _add_comments(changed: str) -> str:
    """Return SQL for comments: the post first, whose lock says whether it is public."""
    public = f"NOT {_POST_AWAY.format(row='post')}"
    beneath_public = f"""(
        SELECT changed.author_id, changed.by FROM {changed}
        JOIN blog_post AS post ON post.id = changed.post_id AND {public}) AS changed"""
    return _add("blog_post", "comment_count", "post_id", changed) + _add(
        "accounts_user", "comment_count", "author_id", beneath_public
    )


def _posts_on_postgresql() -> list[str]:
    came, turned = _come_and_go(_POST_AWAY), _turned(_POST_AWAY, "id, author_id")
    return _triggers(
        "blog_post_counts",
        "blog_post",
        _add("accounts_user", "post_count", "author_id", came) + _add_to_blocks(came),
        _unless_nothing(turned, _add_with_comments(turned) + _add_to_blocks(turned)),
    )


def _comments_on_postgresql() -> list[str]:
    keys = "id, post_id, author_id"
    came, turned = _come_and_go(_COMMENT_AWAY), _turned(_COMMENT_AWAY, keys)
    placed, moved = _come_and_go(_COMMENT_GONE), _turned(_COMMENT_GONE, keys)
    return _triggers(
        "blog_comment_counts",
        "blog_comment",
        _add("blog_post", "thread_length", "post_id", placed) + _add_comments(came),
        _unless_nothing(moved, _add("blog_post", "thread_length", "post_id", moved))
        + _unless_nothing(turned, _add_comments(turned)),
    )


_POSTGRESQL = (*_posts_on_postgresql(), *_comments_on_postgresql())


def _count_post(row: str, sign: str) -> str:
    return f"""
        UPDATE accounts_user SET post_count = post_count {sign} 1
        WHERE id = {row}.author_id;
        {_count_in_block(row, sign)}"""


def _count_in_block(row: str, sign: str) -> str:
    block = f"{row}.id / {BLOCK_SIZE}"
    if sign == "-":
        # Not as below, for the same reason: `manage.py flush` deletes row by row.
        return f"""
        UPDATE blog_postblock SET post_count = post_count - 1 WHERE block = {block};"""
    return f"""
        INSERT INTO blog_postblock (block, post_count) VALUES ({block}, 1)
        ON CONFLICT (block) DO UPDATE SET post_count = post_count + 1;"""


def _count_comments_beneath(sign: str) -> str:
    """Return SQL for the members who commented on the post that turns."""
    return f"""
        UPDATE accounts_user SET comment_count = comment_count {sign} sums.n
        FROM (SELECT author_id, count(*) AS n FROM blog_comment AS comment
              WHERE post_id = new.id AND NOT {_COMMENT_AWAY.format(row="comment")}
              GROUP BY author_id) AS sums
        WHERE accounts_user.id = sums.author_id;"""


def _count_comment(row: str, sign: str) -> str:
    return f"""
        UPDATE blog_post SET comment_count = comment_count {sign} 1
        WHERE id = {row}.post_id;
        UPDATE accounts_user SET comment_count = comment_count {sign} 1
        WHERE id = {row}.author_id AND EXISTS (
            SELECT 1 FROM blog_post AS post WHERE post.id = {row}.post_id
            AND NOT {_POST_AWAY.format(row="post")});"""


def _count_place(row: str, sign: str) -> str:
    return f"""
        UPDATE blog_post SET thread_length = thread_length {sign} 1
        WHERE id = {row}.post_id;"""


def _on_sqlite(
    table: str, name: str, away: str, columns: str, count: Callable[[str, str], str]
) -> dict[str, str]:
    """Return a trigger for each way in which a row comes into sight or goes."""
    new, old = away.format(row="new"), away.format(row="old")
    changes = f"AFTER UPDATE OF {columns} ON {table}"
    return {
        f"{name}_insert": (
            f"AFTER INSERT ON {table} WHEN NOT {new} BEGIN {count('new', '+')} END"
        ),
        f"{name}_delete": (
            f"AFTER DELETE ON {table} WHEN NOT {old} BEGIN {count('old', '-')} END"
        ),
        f"{name}_away": (
            f"{changes} WHEN NOT {old} AND {new} BEGIN {count('new', '-')} END"
        ),
        f"{name}_back": (
            f"{changes} WHEN {old} AND NOT {new} BEGIN {count('new', '+')} END"
        ),
    }


_POST_TURNS = "AFTER UPDATE OF is_hidden, deleted_at ON blog_post WHEN"
_NEW_POST_AWAY = _POST_AWAY.format(row="new")
_OLD_POST_AWAY = _POST_AWAY.format(row="old")
_SQLITE = {
    **_on_sqlite(
        "blog_post", "blog_post", _POST_AWAY, "is_hidden, deleted_at", _count_post
    ),
    "blog_post_away_comments": f"""
        {_POST_TURNS} NOT {_OLD_POST_AWAY} AND {_NEW_POST_AWAY}
        BEGIN {_count_comments_beneath("-")} END""",
    "blog_post_back_comments": f"""
        {_POST_TURNS} {_OLD_POST_AWAY} AND NOT {_NEW_POST_AWAY}
        BEGIN {_count_comments_beneath("+")} END""",
    **_on_sqlite(
        "blog_comment",
        "blog_comment",
        _COMMENT_AWAY,
        "is_disabled, deleted_at",
        _count_comment,
    ),
    **_on_sqlite(
        "blog_comment", "blog_comment_place", _COMMENT_GONE, "deleted_at", _count_place
    ),
}

TRIGGERS = TriggerSet(
    tables=frozenset({"accounts_user", "blog_post", "blog_comment", "blog_postblock"}),
    postgresql=_POSTGRESQL,
    sqlite=_SQLITE,
)
