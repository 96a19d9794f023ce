"""Migrations run while the old version serves: they must leave it what it uses."""

import pytest
from django.core.management import call_command

# SQLite shows the SQL of migrations in no transaction.
pytestmark = pytest.mark.django_db(transaction=True)


class TestMigrations:
    """What is let through, and why, stands beside ``MIGRATION_LINTER_OPTIONS``."""

    def test_lock_no_table_for_long_and_take_nothing_from_the_old_version(self):
        call_command("lintmigrations")

    def test_are_read_with_an_eye_for_that(self, settings):
        settings.MIGRATION_LINTER_OPTIONS = {
            **settings.MIGRATION_LINTER_OPTIONS,
            "ignore_name": [],
        }

        with pytest.raises(SystemExit):
            call_command("lintmigrations")
