"""The counters of blog, kept by the database on both engines.

They count what the public sees: a hidden post and a disabled comment do not count. On
PostgreSQL, inserting and deleting fire once a statement, so that bulk loads stay
linear, and rows are locked in the order of their ids, so that two at once cannot
deadlock. Hiding fires once a row, and only where the state changed: with a transition
table it would fire for every comment counted, since those update posts too.
"""

from flasky_site.lib.triggers import TriggerSet

from .querysets import BLOCK_SIZE


def _statement_trigger(name: str, table: str, body: str) -> list[str]:
    """Fire ``body`` after INSERT and DELETE.

    ``changed`` holds the rows; ``sign`` is 1 or -1.
    """
    return [
        f"""
        CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE sign int := CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END;
        BEGIN {body} RETURN NULL; END $$""",
        *(
            f"""
            CREATE OR REPLACE TRIGGER {name}_{event.lower()} AFTER {event} ON {table}
            REFERENCING {rows} TABLE AS changed
            FOR EACH STATEMENT EXECUTE FUNCTION {name}()"""
            for event, rows in (("INSERT", "NEW"), ("DELETE", "OLD"))
        ),
    ]


def _row_trigger(name: str, table: str, column: str, body: str) -> list[str]:
    """Fire ``body`` for each row in which the state ``column`` changed.

    ``sign`` is -1 when the row leaves the public's sight and 1 when it comes back.
    """
    return [
        f"""
        CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE sign int := CASE WHEN NEW.{column} THEN -1 ELSE 1 END;
        BEGIN {body} RETURN NULL; END $$""",
        f"""
        CREATE OR REPLACE TRIGGER {name} AFTER UPDATE OF {column} ON {table}
        FOR EACH ROW WHEN (OLD.{column} IS DISTINCT FROM NEW.{column})
        EXECUTE FUNCTION {name}()""",
    ]


_POSTGRESQL = (
    *_statement_trigger(
        "blog_post_counts",
        "blog_post",
        f"""
        WITH change AS (SELECT author_id AS id, sign * count(*) AS n FROM changed
                        WHERE NOT is_hidden GROUP BY 1),
             locked AS (SELECT u.id, change.n FROM accounts_user u
                        JOIN change USING (id) ORDER BY u.id FOR NO KEY UPDATE OF u)
        UPDATE accounts_user u SET post_count = u.post_count + locked.n
        FROM locked WHERE u.id = locked.id;
        INSERT INTO blog_postblock (block, post_count)
        SELECT id / {BLOCK_SIZE}, sign * count(*) FROM changed
        WHERE NOT is_hidden GROUP BY 1 ORDER BY 1
        ON CONFLICT (block) DO UPDATE
        SET post_count = blog_postblock.post_count + EXCLUDED.post_count;""",
    ),
    *_row_trigger(
        "blog_post_hide",
        "blog_post",
        "is_hidden",
        f"""
        UPDATE accounts_user SET post_count = post_count + sign
        WHERE id = NEW.author_id;
        INSERT INTO blog_postblock (block, post_count)
        VALUES (NEW.id / {BLOCK_SIZE}, sign)
        ON CONFLICT (block) DO UPDATE
        SET post_count = blog_postblock.post_count + sign;""",
    ),
    *_statement_trigger(
        "blog_comment_counts",
        "blog_comment",
        """
        WITH change AS (SELECT post_id AS id, sign * count(*) AS places,
                        sign * count(*) FILTER (WHERE NOT is_disabled) AS n
                        FROM changed GROUP BY 1),
             locked AS (SELECT p.id, change.places, change.n FROM blog_post p
                        JOIN change USING (id) ORDER BY p.id FOR NO KEY UPDATE OF p)
        UPDATE blog_post p SET comment_count = p.comment_count + locked.n,
                               thread_length = p.thread_length + locked.places
        FROM locked WHERE p.id = locked.id;
        WITH change AS (SELECT author_id AS id, sign * count(*) AS n FROM changed
                        WHERE NOT is_disabled GROUP BY 1),
             locked AS (SELECT u.id, change.n FROM accounts_user u
                        JOIN change USING (id) ORDER BY u.id FOR NO KEY UPDATE OF u)
        UPDATE accounts_user u SET comment_count = u.comment_count + locked.n
        FROM locked WHERE u.id = locked.id;""",
    ),
    *_row_trigger(
        "blog_comment_disable",
        "blog_comment",
        "is_disabled",
        """
        UPDATE blog_post SET comment_count = comment_count + sign
        WHERE id = NEW.post_id;
        UPDATE accounts_user SET comment_count = comment_count + sign
        WHERE id = NEW.author_id;""",
    ),
)


def _count_post(row: str, sign: int) -> str:
    return f"""
        UPDATE accounts_user SET post_count = post_count + {sign}
        WHERE id = {row}.author_id;
        INSERT INTO blog_postblock (block, post_count)
        VALUES ({row}.id / {BLOCK_SIZE}, {sign})
        ON CONFLICT (block) DO UPDATE SET post_count = post_count + {sign};"""


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
