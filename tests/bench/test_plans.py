import pytest
from django.db import connection

from accounts.models import User
from bench import plans

# The shape that EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) gives.
PLAN = {
    "Node Type": "Nested Loop",
    "Actual Loops": 1,
    "Shared Hit Blocks": 40,
    "Shared Read Blocks": 2,
    "Temp Read Blocks": 3,
    "Temp Written Blocks": 4,
    "Plans": [
        {
            "Node Type": "Seq Scan",
            "Relation Name": "blog_post",
            "Actual Loops": 1,
            "Shared Hit Blocks": 30,
        },
        {
            "Node Type": "Limit",
            "Actual Loops": 1,
            "Shared Hit Blocks": 10,
            "Plans": [
                {
                    "Node Type": "Seq Scan",
                    "Relation Name": "social_follow",
                    "Actual Loops": 0,
                },
                {
                    "Node Type": "Index Scan",
                    "Relation Name": "accounts_user",
                    "Actual Loops": 20,
                    "Shared Hit Blocks": 10,
                },
            ],
        },
    ],
}


class TestBuffers:
    def test_counts_what_was_in_memory_on_disk_and_spilled(self):
        assert plans.buffers(PLAN) == 49


class TestTablesReadWhole:
    def test_names_those_that_were_read_and_not_those_that_might_have_been(self):
        assert plans.tables_read_whole(PLAN) == {"blog_post"}


@pytest.mark.django_db
class TestNotedStatements:
    def test_have_their_values_and_their_times(self):
        with plans.noted_statements() as statements:
            User.objects.filter(username="nobody").exists()

        [statement] = statements
        assert "nobody" in statement.values
        assert statement.milliseconds > 0


@pytest.mark.side_by_side
@pytest.mark.django_db
class TestExplain:
    def test_counts_the_buffers_of_what_ran(self, alice):
        with plans.noted_statements() as statements:
            User.objects.get(pk=alice.pk)

        assert plans.buffers(plans.explain(statements[0])) > 0

    def test_undoes_what_it_changed(self, alice):
        with plans.noted_statements() as statements:
            User.objects.filter(pk=alice.pk).update(name="Alice")
        User.objects.filter(pk=alice.pk).update(name="Somebody else")

        plans.explain(statements[0])

        alice.refresh_from_db()
        assert alice.name == "Somebody else"

    def test_passes_over_what_has_no_plan(self):
        assert plans.explain(plans.Statement("SAVEPOINT here", None)) is None
        assert connection.is_usable()
