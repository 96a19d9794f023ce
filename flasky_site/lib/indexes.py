"""Adding and dropping indexes of large tables while the site goes on."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import AddIndex, RemoveIndex
from django.db.migrations.state import ProjectState


class AddIndexWithoutLock(AddIndex):
    """Adds an index without keeping anybody from writing, where the database can.

    For migrations with ``atomic = False``: PostgreSQL does this outside of
    transactions only. Such a migration may stop half-way, and PostgreSQL then leaves an
    index that is not valid, so that what has the name is dropped first, and the
    migration can be begun again. Django's own operation for this is PostgreSQL's alone.
    """

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        connection = schema_editor.connection
        if not self.allow_migrate_model(connection.alias, model):
            return
        name = connection.ops.quote_name(self.index.name)
        if connection.vendor != "postgresql":
            schema_editor.execute(f"DROP INDEX IF EXISTS {name}")
            schema_editor.add_index(model, self.index)
            return
        with _no_limit(schema_editor):
            schema_editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
            editor: Any = schema_editor
            editor.add_index(model, self.index, concurrently=True)


class RemoveIndexWithoutLock(RemoveIndex):
    """Drops an index without waiting for readers of its table, or keeping them waiting.

    For migrations with ``atomic = False``, which can be begun again.
    """

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        model = from_state.apps.get_model(app_label, self.model_name)
        connection = schema_editor.connection
        if not self.allow_migrate_model(connection.alias, model):
            return
        name = connection.ops.quote_name(self.name)
        if connection.vendor != "postgresql":
            schema_editor.execute(f"DROP INDEX IF EXISTS {name}")
            return
        with _no_limit(schema_editor):
            schema_editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")


@contextmanager
def _no_limit(schema_editor: BaseDatabaseSchemaEditor) -> Iterator[None]:
    """Lift the site's limit on one statement, which is for pages.

    Whoever migrates may have lifted it already, and for what comes after this too.
    """
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        (limit,) = cursor.fetchone()
    schema_editor.execute("SET statement_timeout = 0")
    try:
        yield
    finally:
        schema_editor.execute(f"SET statement_timeout = '{limit}'")
