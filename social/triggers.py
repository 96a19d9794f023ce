"""The counters of social, kept by the database on both engines."""

from flasky_site.lib.triggers import TriggerSet, lock_rows


def _postgresql(name: str, event: str, rows: str) -> str:
    return f"""
        CREATE OR REPLACE TRIGGER {name}_{event.lower()} AFTER {event} ON social_follow
        REFERENCING {rows} TABLE AS changed
        FOR EACH STATEMENT EXECUTE FUNCTION {name}()"""


_ENDS = """
    SELECT follower_id AS id, 1 AS following, 0 AS followers FROM changed
    UNION ALL SELECT followed_id, 0, 1 FROM changed"""
# Members are locked in the order of their ids: two who follow each other at the same
# moment would deadlock otherwise.
_POSTGRESQL = (
    f"""
    CREATE OR REPLACE FUNCTION social_follow_counts() RETURNS trigger
    LANGUAGE plpgsql AS $$
    DECLARE sign int := CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END;
    BEGIN {lock_rows("accounts_user", f"SELECT id FROM ({_ENDS}) AS ends")}
        UPDATE accounts_user u
        SET following_count = u.following_count + sums.following,
            follower_count = u.follower_count + sums.followers
        FROM (SELECT id, sign * sum(following) AS following,
                     sign * sum(followers) AS followers
              FROM ({_ENDS}) AS ends GROUP BY id) AS sums
        WHERE u.id = sums.id;
        RETURN NULL;
    END $$""",
    _postgresql("social_follow_counts", "INSERT", "NEW"),
    _postgresql("social_follow_counts", "DELETE", "OLD"),
)


def _sqlite(row: str, sign: str) -> str:
    return f"""
        UPDATE accounts_user
        SET following_count = following_count {sign} (id = {row}.follower_id),
            follower_count = follower_count {sign} (id = {row}.followed_id)
        WHERE id IN ({row}.follower_id, {row}.followed_id);"""


TRIGGERS = TriggerSet(
    tables=frozenset({"accounts_user", "social_follow"}),
    postgresql=_POSTGRESQL,
    sqlite={
        "social_follow_insert": (
            f"AFTER INSERT ON social_follow BEGIN {_sqlite('new', '+')} END"
        ),
        "social_follow_delete": (
            f"AFTER DELETE ON social_follow BEGIN {_sqlite('old', '-')} END"
        ),
    },
)
