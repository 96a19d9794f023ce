"""The counters of social, kept by the database on both engines."""

from flasky_site.lib.triggers import TriggerSet


def _postgresql(name: str, event: str, rows: str) -> str:
    return f"""
        CREATE OR REPLACE TRIGGER {name}_{event.lower()} AFTER {event} ON social_follow
        REFERENCING {rows} TABLE AS changed
        FOR EACH STATEMENT EXECUTE FUNCTION {name}()"""


# Members are locked in the order of their ids: two who follow each other at the same
# moment would deadlock otherwise.
_POSTGRESQL = (
    """
    CREATE OR REPLACE FUNCTION social_follow_counts() RETURNS trigger
    LANGUAGE plpgsql AS $$
    DECLARE sign int := CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END;
    BEGIN
        WITH change AS (
               SELECT id, sign * sum(following) AS following,
                      sign * sum(followers) AS followers
               FROM (SELECT follower_id AS id, 1 AS following, 0 AS followers
                     FROM changed
                     UNION ALL SELECT followed_id, 0, 1 FROM changed) AS ends
               GROUP BY id),
             locked AS (
               SELECT u.id, change.following, change.followers FROM accounts_user u
               JOIN change USING (id) ORDER BY u.id FOR NO KEY UPDATE OF u)
        UPDATE accounts_user u
        SET following_count = u.following_count + locked.following,
            follower_count = u.follower_count + locked.followers
        FROM locked WHERE u.id = locked.id;
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
