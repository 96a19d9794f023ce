"""How PostgreSQL finds the rows of each page: never by reading a large table whole.

The tables are large enough, and counted, that the planner has reason to use an index
where there is one. Whatever a page really asked is explained, for each kind of visitor.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    CommentFactory,
    DecisionFactory,
    OutgoingMailFactory,
    PostFactory,
    UserFactory,
)
from tests.pages import pages_of
from tests.test_addresses import CAST, VISITORS

LARGE = {
    "accounts_decision",
    "accounts_session",
    "accounts_user",
    "blog_comment",
    "blog_post",
    "mail_outgoingmail",
    "social_follow",
}
# Whoever is no "as_" and their name.
FIXTURES = {"stranger": "client", "user": "as_alice"}
# What reads everything because everything is what it was asked for.
WHOLE = {"admin:accounts_decision_export": {"accounts_decision"}}
# Of each table, by numbers that begin at ``first``.
SIZES = {"first": 10_000, "members": 5_000, "posts": 20_000, "comments": 40_000}
SIZES |= {"follows": 20_000, "others": 10_000, "cast": CAST}
FILL = [
    """
    INSERT INTO accounts_user (
        id, password, is_superuser, username, email, name, location, about_me,
        gravatar_hash, confirmed_at, date_joined, last_seen_at, is_staff, is_active)
    SELECT {first} + n, '!', false, 'membership' || n, 'm' || n || '@example.com',
           'Member ' || n, '', repeat('about me ', 10), '', now(),
           now() - n * interval '1 hour', now(), false, true
    FROM generate_series(0, {members} - 1) AS n""",
    """
    INSERT INTO accounts_user_groups (user_id, group_id)
    SELECT accounts_user.id, auth_group.id FROM accounts_user, auth_group
    WHERE username LIKE 'membership%' AND auth_group.name = 'User'""",
    # Every fortieth is by the cast.
    """
    INSERT INTO blog_post (id, author_id, body, body_html, created_at, is_hidden)
    SELECT {first} + n,
           CASE WHEN n % 40 = 0 THEN {cast} ELSE {first} + n % {members} END,
           'text', repeat('some words ', 20), now() - ({posts} - n) * interval '1 hour',
           n % 100 = 1
    FROM generate_series(1, {posts}) AS n""",
    # Every fortieth beneath one post.
    """
    INSERT INTO blog_comment (
        id, post_id, author_id, body, body_html, created_at, is_disabled)
    SELECT {first} + n, CASE WHEN n % 40 = 0 THEN 1 ELSE {first} + n / 2 END,
           {first} + n * 7 % {members}, 'text', repeat('some words ', 10),
           now() - ({comments} - n) * interval '1 minute', n % 100 = 1
    FROM generate_series(1, {comments} - 1) AS n WHERE n > 1""",
    """
    INSERT INTO social_follow (follower_id, followed_id, created_at)
    SELECT {first} + n % {members},
           {first} + (n % {members} + 1 + n / {members}) % {members}, now()
    FROM generate_series(0, {follows} - 1) AS n""",
    # The cast is followed by many, and follows many, as does the visitor.
    """
    INSERT INTO social_follow (follower_id, followed_id, created_at)
    SELECT {first} + n, {cast}, now() FROM generate_series(1, 500) AS n
    UNION ALL SELECT {cast}, {first} + n, now() FROM generate_series(1, 500) AS n
    UNION ALL SELECT id, {first} + n, now()
    FROM accounts_user, generate_series(1, 60) AS n WHERE username = 'alice'""",
    """
    INSERT INTO accounts_session (
        session_key, session_data, expire_date, last_seen_at, user_id)
    SELECT 'session' || n, repeat('x', 400), now() + interval '1 day', now(),
           {first} + n % {members}
    FROM generate_series(1, {others}) AS n""",
    """
    INSERT INTO accounts_decision (
        id, kind, actor_name, member_name, reason, batch, before, created_at, member_id)
    SELECT {first} + n, 'suspend', '', 'member', 'Spam.', gen_random_uuid(), '{{}}',
           now() - n * interval '1 hour', {first} + n % {members}
    FROM generate_series(1, {others}) AS n""",
    """
    INSERT INTO mail_outgoingmail (
        id, subject, recipients, sealed, state, attempts, last_error, created_at,
        due_at, sent_at)
    SELECT {first} + n, 'Hello', 'm@example.com', '', 'sent', 1, '',
           now() - n * interval '1 hour', now(), now()
    FROM generate_series(1, {others}) AS n""",
]
# So many are few in a table of at least 5,000.
FEW = 1_000
_EXPLAINED = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "(")


@pytest.fixture
def large_site(alice, moderator, administrator):
    """A site on which reading a table whole would show."""
    cast = UserFactory(id=CAST, username="cast")
    CommentFactory(id=1, author=cast, post=PostFactory(id=1, author=cast))
    OutgoingMailFactory(id=1)
    DecisionFactory(id=1, member=cast)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '60s'")
        for statement in FILL:
            cursor.execute(statement.format(**SIZES))
            # What comes next, and its triggers, should know how much there is.
            cursor.execute(f"ANALYZE {', '.join(sorted(LARGE))}")


def scans_of(plan: dict[str, Any]) -> Iterator[str]:
    """Yield the tables that ``plan`` reads whole, or as far as it takes.

    An index that is walked from its end to find few rows, for want of one that leads to
    them, counts too. What takes any few rows and stops does not, nor what takes them
    where few are left out.
    """
    kind = plan["Node Type"]
    is_filtered = "Filter" in plan and "Index Cond" not in plan
    is_walk = kind.startswith("Index") and is_filtered and plan["Plan Rows"] < FEW
    if kind == "Seq Scan" or is_walk:
        yield plan["Relation Name"]
    inner = plan.get("Plans", [])
    if kind == "Limit" and _stops_soon(inner[0], plan["Plan Rows"]):
        inner = inner[0].get("Plans", [])
    for part in inner:
        yield from scans_of(part)


def _stops_soon(plan: dict[str, Any], taken: int) -> bool:
    return "Filter" not in plan or plan["Plan Rows"] > max(taken, FEW)


def explain(statement: str) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}")
        [(found,)] = cursor.fetchall()
    plan: dict[str, Any] = found[0]["Plan"]
    return plan


def scans_behind(browser: Client, address: str) -> dict[str, str]:
    """Return statement → large table for each scan that ``address`` causes."""
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        response = browser.get(address)
        assert response.status_code in {200, 204}
        response.getvalue()
    asked = [query["sql"] for query in queries.captured_queries]
    return {
        statement: table
        for statement in asked
        if statement.startswith(_EXPLAINED)
        for table in scans_of(explain(statement))
        if table in LARGE
    }


@pytest.mark.plans
@pytest.mark.django_db
class TestPages:
    @pytest.mark.parametrize("visitor", VISITORS)
    def test_read_no_large_table_whole(self, visitor, large_site, request):
        browser = request.getfixturevalue(FIXTURES.get(visitor, f"as_{visitor}"))
        pages = pages_of(visitor)
        pages.pop("account_logout", None)

        found = {
            name: scans
            for name, address in pages.items()
            if (scans := scans_behind(browser, address))
        }

        assert pages
        assert not {
            name: scans
            for name, scans in found.items()
            if {*scans.values()} - WHOLE.get(name, set())
        }

    def test_of_followed_read_no_large_table_whole(self, as_alice, large_site):
        as_alice.cookies["show_followed"] = "1"

        assert not scans_behind(as_alice, "/")
        assert not scans_behind(as_alice, "/new-posts/?after=1")
