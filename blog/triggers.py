"""The counters of blog, kept by the database on both engines.

They count what the public sees: a hidden post and a disabled comment do not count. On
PostgreSQL each trigger fires once a statement, so that bulk changes stay linear, and
locks members, posts and blocks in the order of their ids. A transaction of several
statements can still meet another one crosswise: a service that deletes or hides rows of
several members locks those members first.
"""

from flasky_site.lib.triggers import TriggerSet

from .querysets import BLOCK_SIZE


def _triggers(
    name: str, table: str, state: str, count: str, place: str = ""
) -> list[str]:
    """Return the statements that make PostgreSQL count the rows of ``table``.

    ``count`` is SQL over the rows ``changed``, whose ``by`` is 1 for a row that the
    public sees now and -1 for one that it no longer sees; the column ``state`` is true
    while a row is out of sight. ``place`` is the same over all rows that come and go.
    """
    come_and_go = (
        "SELECT *, CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END AS by FROM rows"
    )
    turned = f"""
        SELECT rows.*, CASE WHEN rows.{state} THEN -1 ELSE 1 END AS by
        FROM rows JOIN old_rows USING (id) WHERE rows.{state} <> old_rows.{state}"""
    return [
        f"""
        CREATE OR REPLACE FUNCTION {name}_rows() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            {count.format(changed=f"({come_and_go} WHERE NOT {state}) AS changed")}
            {place.format(changed=f"({come_and_go}) AS changed")}
            RETURN NULL;
        END $$""",
        f"""
        CREATE OR REPLACE FUNCTION {name}_turn() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS ({turned}) THEN
                {count.format(changed=f"({turned}) AS changed")}
            END IF;
            RETURN NULL;
        END $$""",
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


def _add(table: str, column: str, key: str) -> str:
    """Return SQL that adds the sums of ``changed`` by ``key`` to ``column``."""
    return f"""
        WITH sums AS (SELECT {key} AS id, sum(by) AS n FROM {{changed}} GROUP BY 1),
             locked AS (SELECT {table}.id, sums.n FROM {table} JOIN sums USING (id)
                        ORDER BY {table}.id FOR NO KEY UPDATE OF {table})
        UPDATE {table} SET {column} = {table}.{column} + locked.n
        FROM locked WHERE {table}.id = locked.id;"""


# Counting down never makes a block, whose table may have been emptied first.
_ADD_TO_BLOCKS = f"""
        INSERT INTO blog_postblock (block, post_count)
        SELECT block, n FROM (SELECT id / {BLOCK_SIZE} AS block, sum(by) AS n
                              FROM {{changed}} GROUP BY 1) AS sums
        WHERE n > 0 OR EXISTS (SELECT FROM blog_postblock AS there
                               WHERE there.block = sums.block)
        ORDER BY block
        ON CONFLICT (block) DO UPDATE
        SET post_count = blog_postblock.post_count + EXCLUDED.post_count;"""

_POSTGRESQL = (
    *_triggers(
        "blog_post_counts",
        "blog_post",
        "is_hidden",
        _add("accounts_user", "post_count", "author_id") + _ADD_TO_BLOCKS,
    ),
    *_triggers(
        "blog_comment_counts",
        "blog_comment",
        "is_disabled",
        _add("blog_post", "comment_count", "post_id")
        + _add("accounts_user", "comment_count", "author_id"),
        place=_add("blog_post", "thread_length", "post_id"),
    ),
)


def _count_post(row: str, sign: int) -> str:
    return f"""
        UPDATE accounts_user SET post_count = post_count + {sign}
        WHERE id = {row}.author_id;
        {_count_in_block(row, sign)}"""


def _count_in_block(row: str, sign: int) -> str:
    block = f"{row}.id / {BLOCK_SIZE}"
    if sign < 0:
        # Not as below, for the same reason: `manage.py flush` deletes row by row.
        return f"""
        UPDATE blog_postblock SET post_count = post_count - 1 WHERE block = {block};"""
    return f"""
        INSERT INTO blog_postblock (block, post_count) VALUES ({block}, 1)
        ON CONFLICT (block) DO UPDATE SET post_count = post_count + 1;"""


def _count_comment(row: str, sign: int) -> str:
    return f"""
        UPDATE blog_post SET comment_count = comment_count + {sign}
        WHERE id = {row}.post_id;
        UPDATE accounts_user SET comment_count = comment_count + {sign}
        WHERE id = {row}.author_id;"""


def _count_place(row: str, sign: int) -> str:
    return f"""
        UPDATE blog_post SET thread_length = thread_length + {sign}
        WHERE id = {row}.post_id;"""


_SQLITE = {
    "blog_post_insert": f"""
        AFTER INSERT ON blog_post WHEN NOT new.is_hidden
        BEGIN {_count_post("new", 1)} END""",
    "blog_post_delete": f"""
        AFTER DELETE ON blog_post WHEN NOT old.is_hidden
        BEGIN {_count_post("old", -1)} END""",
    "blog_post_hide": f"""
        AFTER UPDATE OF is_hidden ON blog_post
        WHEN NOT old.is_hidden AND new.is_hidden
        BEGIN {_count_post("new", -1)} END""",
    "blog_post_restore": f"""
        AFTER UPDATE OF is_hidden ON blog_post
        WHEN old.is_hidden AND NOT new.is_hidden
        BEGIN {_count_post("new", 1)} END""",
    "blog_comment_insert": f"""
        AFTER INSERT ON blog_comment WHEN NOT new.is_disabled
        BEGIN {_count_comment("new", 1)} END""",
    "blog_comment_delete": f"""
        AFTER DELETE ON blog_comment WHEN NOT old.is_disabled
        BEGIN {_count_comment("old", -1)} END""",
    "blog_comment_disable": f"""
        AFTER UPDATE OF is_disabled ON blog_comment
        WHEN NOT old.is_disabled AND new.is_disabled
        BEGIN {_count_comment("new", -1)} END""",
    "blog_comment_enable": f"""
        AFTER UPDATE OF is_disabled ON blog_comment
        WHEN old.is_disabled AND NOT new.is_disabled
        BEGIN {_count_comment("new", 1)} END""",
    "blog_comment_place": f"""
        AFTER INSERT ON blog_comment BEGIN {_count_place("new", 1)} END""",
    "blog_comment_leave": f"""
        AFTER DELETE ON blog_comment BEGIN {_count_place("old", -1)} END""",
}

TRIGGERS = TriggerSet(
    tables=frozenset({"accounts_user", "blog_post", "blog_comment", "blog_postblock"}),
    postgresql=_POSTGRESQL,
    sqlite=_SQLITE,
)
