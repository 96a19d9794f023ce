"""Installing the database triggers that keep counters right.

A trigger counts whatever way a row arrives: form, API, bulk insert or SQL by hand. An
app declares a ``TriggerSet`` and connects it in ``AppConfig.ready``. SQLite's triggers
are taken away before migrating, since Django rebuilds its tables with DELETE and
INSERT, which would be counted.
"""

import re
from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


def lock_rows(table: str, ids: str) -> str:
    """Return PL/pgSQL that locks the rows of ``table`` whose ids the query ``ids`` has.

    It stands before the statement that changes them, and not within it as a CTE: that
    one sees the rows as they were before it waited for their locks. Where a foreign key
    still holds such a former version, PostgreSQL would queue for it once more, behind
    others who wait for us: a deadlock. A statement of its own sees what is locked.
    """
    return f"""
        PERFORM FROM {table} WHERE id IN ({ids}) ORDER BY id FOR NO KEY UPDATE;"""


@dataclass(frozen=True)
class TriggerSet:
    """The triggers of one app in each engine's SQL.

    ``postgresql`` holds idempotent statements; ``sqlite`` maps a trigger's name to
    the SQL behind ``CREATE TRIGGER name``. ``tables`` must all exist before anything
    is installed: a half-migrated database gets none.
    """

    tables: frozenset[str]
    postgresql: tuple[str, ...]
    sqlite: dict[str, str]

    def connect(self, app_config: AppConfig) -> None:
        """Remove before and install after each migration of ``app_config``."""
        uid = f"triggers:{app_config.label}"
        pre_migrate.connect(self._on_pre_migrate, sender=app_config, dispatch_uid=uid)
        post_migrate.connect(self._on_post_migrate, sender=app_config, dispatch_uid=uid)

    def install(self, using: str = "default") -> None:
        """Create the triggers, replacing those that are there."""
        connection = connections[using]
        if not self.tables <= set(connection.introspection.table_names()):
            return
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                for statement in self.postgresql:
                    cursor.execute(statement)
            elif connection.vendor == "sqlite":
                for name, statement in self.sqlite.items():
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                    cursor.execute(f"CREATE TRIGGER {name} {statement}")

    def missing(self, using: str = "default") -> set[str]:
        """Return the names of the triggers that the database does not have."""
        connection = connections[using]
        if connection.vendor == "postgresql":
            named = re.findall(r"REPLACE TRIGGER (\w+)", " ".join(self.postgresql))
            query = "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'"
        else:
            named = [*self.sqlite]
            query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        with connection.cursor() as cursor:
            cursor.execute(query)
            return {*named} - {name for (name,) in cursor.fetchall()}

    def remove(self, using: str = "default") -> None:
        """Drop the triggers where migrating would fire them, which is SQLite."""
        connection = connections[using]
        if connection.vendor != "sqlite":
            return
        with connection.cursor() as cursor:
            for name in self.sqlite:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")

    def _on_pre_migrate(self, using: str, plan: Any = None, **kwargs: Any) -> None:
        # Where nothing changes, a site that goes on keeps counting.
        if plan != []:
            self.remove(using)

    def _on_post_migrate(self, using: str, **kwargs: Any) -> None:
        self.install(using)
