"""What the database itself keeps to.

A member is seen when one of their sessions is: one statement for both tables. And the
record of decisions stays as it was written.
"""

from flasky_site.lib.triggers import TriggerSet

# At most once a minute, also for a member with several browsers open.
_POSTGRESQL = (
    """
    CREATE OR REPLACE FUNCTION accounts_session_seen() RETURNS trigger
    LANGUAGE plpgsql AS $$
    BEGIN
        UPDATE accounts_user SET last_seen_at = new.last_seen_at
        WHERE id = new.user_id
              AND last_seen_at <= new.last_seen_at - interval '1 minute';
        RETURN NULL;
    END $$""",
    """
    CREATE OR REPLACE TRIGGER accounts_session_seen
    AFTER INSERT OR UPDATE OF last_seen_at ON accounts_session
    FOR EACH ROW WHEN (new.user_id IS NOT NULL)
    EXECUTE FUNCTION accounts_session_seen()""",
    """
    CREATE OR REPLACE FUNCTION accounts_decision_stays() RETURNS trigger
    LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'The record of decisions cannot be changed.'
        USING ERRCODE = 'integrity_constraint_violation';
    END $$""",
    """
    CREATE OR REPLACE TRIGGER accounts_decision_stays
    BEFORE UPDATE OR DELETE ON accounts_decision
    FOR EACH ROW EXECUTE FUNCTION accounts_decision_stays()""",
    """
    CREATE OR REPLACE TRIGGER accounts_decisions_stay
    BEFORE TRUNCATE ON accounts_decision
    FOR EACH STATEMENT EXECUTE FUNCTION accounts_decision_stays()""",
)

_SQLITE_BODY = """
    WHEN new.user_id IS NOT NULL BEGIN
        UPDATE accounts_user SET last_seen_at = new.last_seen_at
        WHERE id = new.user_id
              AND CAST(strftime('%s', new.last_seen_at) AS INTEGER)
                  - CAST(strftime('%s', last_seen_at) AS INTEGER) >= 60;
    END"""

_SQLITE_REFUSAL = """BEGIN
        SELECT RAISE(ABORT, 'The record of decisions cannot be changed.');
    END"""
# SQLite's INSERT OR REPLACE deletes the row in its way and fires no trigger for it.
_SQLITE_IN_THE_WAY = """EXISTS (
        SELECT 1 FROM accounts_decision
        WHERE id = new.id OR undoes_id = new.undoes_id)"""

TRIGGERS = TriggerSet(
    tables=frozenset({"accounts_user", "accounts_session", "accounts_decision"}),
    postgresql=_POSTGRESQL,
    sqlite={
        "accounts_session_begun": f"AFTER INSERT ON accounts_session {_SQLITE_BODY}",
        "accounts_session_seen": (
            f"AFTER UPDATE OF last_seen_at ON accounts_session {_SQLITE_BODY}"
        ),
        "accounts_decision_stays": (
            f"BEFORE UPDATE ON accounts_decision {_SQLITE_REFUSAL}"
        ),
        "accounts_decision_is_kept": (
            f"BEFORE DELETE ON accounts_decision {_SQLITE_REFUSAL}"
        ),
        "accounts_decision_is_not_replaced": (
            f"BEFORE INSERT ON accounts_decision WHEN {_SQLITE_IN_THE_WAY} "
            f"{_SQLITE_REFUSAL}"
        ),
    },
)
