"""What the database computes of members."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.functions import Upper
from django.db.models.sql.compiler import SQLCompiler


class SortKey(Upper):
    """A text in capitals, in the order of code points on both engines.

    In that order all texts with one beginning lie side by side, so that an index finds
    them. PostgreSQL's order of a language would neither allow that nor match SQLite.
    """

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> tuple[str, Any]:
        template = '(%(function)s(%(expressions)s) COLLATE "C")'
        return self.as_sql(compiler, connection, template=template, **extra)
