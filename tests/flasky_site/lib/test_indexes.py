import pytest
from django.db import DatabaseError, connection, models
from django.db.migrations.loader import MigrationLoader

from flasky_site.lib.indexes import AddIndexWithoutLock, RemoveIndexWithoutLock

STATE = ("blog", "0003_states_of_texts")
HIDDEN = models.Index(
    fields=["-id"], name="hidden_post", condition=models.Q(is_hidden=True)
)


def timeout():
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        return cursor.fetchone()


@pytest.mark.django_db(transaction=True)
class TestAddIndexWithoutLock:
    def test_begins_again_where_it_was_stopped(self):
        state = MigrationLoader(connection).project_state(STATE)
        operation = AddIndexWithoutLock("post", HIDDEN)
        limit = timeout()

        with connection.schema_editor(atomic=False) as editor:
            operation.database_forwards("blog", editor, state, state)

        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(cursor, "blog_post")
        assert found["hidden_post"]["index"]
        assert timeout() == limit

    @pytest.mark.side_by_side
    def test_leaves_a_limit_that_was_lifted_before(self):
        state = MigrationLoader(connection).project_state(STATE)
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")

        with connection.schema_editor(atomic=False) as editor:
            AddIndexWithoutLock("post", HIDDEN).database_forwards(
                "blog", editor, state, state
            )

        assert timeout() == ("0",)
        with connection.cursor() as cursor:
            cursor.execute("RESET statement_timeout")


@pytest.mark.django_db(transaction=True)
class TestRemoveIndexWithoutLock:
    def test_begins_again_where_it_was_stopped_and_goes_back(self):
        state = MigrationLoader(connection).project_state(STATE)
        without = state.clone()
        operation = RemoveIndexWithoutLock("post", HIDDEN.name)
        operation.state_forwards("blog", without)
        limit = timeout()

        for _ in range(2):
            with connection.schema_editor(atomic=False) as editor:
                operation.database_forwards("blog", editor, state, without)
        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(cursor, "blog_post")
        with connection.schema_editor(atomic=False) as editor:
            operation.database_backwards("blog", editor, without, state)
        with connection.cursor() as cursor:
            again = connection.introspection.get_constraints(cursor, "blog_post")

        assert HIDDEN.name not in found
        assert again[HIDDEN.name]["index"]
        assert timeout() == limit

    @pytest.mark.side_by_side
    def test_puts_the_limit_back_when_it_fails(self):
        state = MigrationLoader(connection).project_state(STATE)
        operation = RemoveIndexWithoutLock("post", "blog_post")
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = '7s'")

        with (
            pytest.raises(DatabaseError, match="not an index"),
            connection.schema_editor(atomic=False) as editor,
        ):
            operation.database_forwards("blog", editor, state, state)

        assert timeout() == ("7s",)
        with connection.cursor() as cursor:
            cursor.execute("RESET statement_timeout")
