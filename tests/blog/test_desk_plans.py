"""How the lists of the desk find their rows: each filter by an index, on any size."""

import re
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import roles
from accounts.models import User
from blog.models import Comment, Post
from tests.factories import UserFactory

POSTS, COMMENTS = "/admin/blog/post/", "/admin/blog/comment/"
MEMBERS = "/admin/accounts/user/"
# From the newest id down to where the condition ends, on both engines.
BY_ID = r"Index (Only )?Scan Backward using \w+_pkey|SEARCH \w+ USING INTEGER PRIMARY"


@contextmanager
def plans_of_large_tables():
    """Have the planner do what it does with many rows: a few are read whole else."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
                for way in ("seqscan", "bitmapscan", "sort"):
                    cursor.execute(f"SET LOCAL enable_{way} = off")
        yield


def plan_of(sql):
    word = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    with connection.cursor() as cursor:
        cursor.execute(f"{word} {sql.replace('%', '%%')}")
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def plans(client, address):
    """Return how the page counts its rows, and how it finds their ids."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    sent = [query["sql"] for query in captured]
    counted = next(sql for sql in sent if "LIMIT 5001" in sql)
    found = next(sql for sql in sent if 'AS "pk"' in sql and "ORDER BY" in sql)
    with plans_of_large_tables():
        return plan_of(counted), plan_of(found)


@pytest.fixture
def site(alice):
    """Many texts and members of whom few are out of the ordinary."""
    Post.objects.bulk_create(Post(author=alice, body="A post") for _ in range(60))
    post, hidden, deleted = Post.objects.order_by("id")[:3]
    Post.objects.filter(pk=hidden.pk).update(is_hidden=True)
    Post.objects.filter(pk=deleted.pk).update(deleted_at=timezone.now())
    Comment.objects.bulk_create(
        Comment(author=alice, post=post, body="A comment") for _ in range(60)
    )
    disabled, deleted = Comment.objects.order_by("id")[:2]
    Comment.objects.filter(pk=disabled.pk).update(is_disabled=True)
    Comment.objects.filter(pk=deleted.pk).update(deleted_at=timezone.now())
    names = [f"somebody{number}" for number in range(60)]
    User.objects.bulk_create(
        User(username=name, email=f"{name}@example.com", confirmed_at=timezone.now())
        for name in names
    )
    UserFactory(suspended=True)
    UserFactory(unconfirmed=True)
    UserFactory(role=roles.ADMINISTRATOR)


@pytest.mark.usefixtures("site")
class TestFilters:
    @pytest.mark.parametrize(
        ("address", "index"),
        [
            (f"{POSTS}?state=hidden", "hidden_post"),
            (f"{POSTS}?state=deleted", "deleted_post"),
            (f"{COMMENTS}?state=disabled", "disabled_comment"),
            (f"{COMMENTS}?state=deleted", "deleted_comment"),
            (f"{MEMBERS}?state=suspended", "suspended_member"),
            (f"{MEMBERS}?state=unconfirmed", "unconfirmed_member"),
            (f"{MEMBERS}?role=moderator", "member_with_role"),
            (f"{MEMBERS}?role=administrator", "member_with_role"),
        ],
    )
    def test_find_a_rare_state_by_an_index_of_its_own(
        self, address, index, as_moderator
    ):
        counted, found = plans(as_moderator, address)

        if connection.vendor == "sqlite" and "role=" in address:
            # It begins with those in the group, and sorts the few that they are.
            index, found = (
                "accounts_user_groups_group_id",
                found.partition("USE TEMP")[0],
            )
        assert f" {index}" in counted
        assert f" {index}" in found
        assert "Sort" not in found
        assert "TEMP B-TREE" not in found

    def test_find_the_usual_state_from_the_newest_on(self, as_moderator):
        counted, found = plans(as_moderator, f"{POSTS}?state=public")

        assert " public_post" in counted
        # Nearly every row is one of them, so that either index is as good.
        assert re.search(" public_post| blog_post_pkey", found)
        assert "Sort" not in found
        assert "TEMP B-TREE" not in found

    @pytest.mark.parametrize(
        "address",
        [
            f"{POSTS}?author=new",
            f"{POSTS}?links=other",
            f"{POSTS}?written=day",
            f"{COMMENTS}?author=new",
            f"{COMMENTS}?links=other",
            f"{COMMENTS}?written=month",
            f"{MEMBERS}?joined=new",
        ],
    )
    def test_walk_down_from_the_newest_id_and_stop(self, address, as_moderator):
        for plan in plans(as_moderator, address):
            assert re.search(BY_ID, plan)
            assert "Seq Scan" not in plan


@pytest.mark.usefixtures("site")
class TestDecisionsOfAnAuthor:
    @pytest.mark.parametrize("reader", ["moderator", "administrator"])
    @pytest.mark.parametrize("address", [POSTS, COMMENTS, MEMBERS])
    def test_are_counted_in_the_index_alone(self, address, reader, request):
        client = request.getfixturevalue(f"as_{reader}")
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        sent = [query["sql"] for query in captured]
        [rows] = [sql for sql in sent if '"decision_count"' in sql]

        with plans_of_large_tables():
            plan = plan_of(rows)

        assert re.search(
            r"(Index Only Scan using|COVERING INDEX) decision_about_member", plan
        )
