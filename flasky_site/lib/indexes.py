"""Adding indexes to large tables while the site goes on."""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import AddIndex
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
        # The site's limit on one statement is for pages. Whoever migrates may have
        # lifted it already, and for what comes after this too.
        with connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            (limit,) = cursor.fetchone()
        schema_editor.execute("SET statement_timeout = 0")
        schema_editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
        editor: Any = schema_editor
        editor.add_index(model, self.index, concurrently=True)
        schema_editor.execute(f"SET statement_timeout = '{limit}'")
