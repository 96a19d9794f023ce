import pytest
from django.apps import apps
from django.db import connection
from django.db.models.signals import post_migrate, pre_migrate

from blog.triggers import TRIGGERS
from flasky_site.lib.triggers import TriggerSet


def migrating(signal, plan=("a migration",)):
    signal.send(
        sender=apps.get_app_config("blog"),
        app_config=apps.get_app_config("blog"),
        verbosity=0,
        interactive=False,
        using="default",
        plan=[*plan],
        apps=apps,
    )


def installed():
    table = "sqlite_master" if connection.vendor == "sqlite" else "pg_trigger"
    column = "name" if connection.vendor == "sqlite" else "tgname"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {column} FROM {table} WHERE {column} LIKE 'blog_post_%'"
        )
        names = {row[0] for row in cursor.fetchall()}
    return {name for name in names if "counts" in name or name in TRIGGERS.sqlite}


@pytest.mark.django_db
class TestTriggerSet:
    def test_takes_the_triggers_away_while_sqlite_migrates(self):
        assert installed()

        migrating(pre_migrate)

        # PostgreSQL changes tables in place, and no row is written again.
        assert bool(installed()) is (connection.vendor == "postgresql")

    def test_leaves_them_where_nothing_is_migrated(self):
        before = installed()

        migrating(pre_migrate, plan=())

        assert installed() == before

    def test_names_those_that_are_missing(self):
        assert not TRIGGERS.missing()

        migrating(pre_migrate)

        expected = {*TRIGGERS.sqlite} if connection.vendor == "sqlite" else set()
        assert TRIGGERS.missing() == expected

    def test_puts_them_back_afterwards(self):
        before = installed()
        migrating(pre_migrate)

        migrating(post_migrate)

        assert installed() == before

    def test_waits_until_every_table_is_there(self):
        early = TriggerSet(
            tables=frozenset({"not_yet"}),
            postgresql=("SELECT broken",),
            sqlite={"broken": "AFTER broken"},
        )

        early.install()
