"""Migrations run while the old version serves: they must leave it what it uses."""

import io

import pytest
from django.core.management import call_command

APPS = ["accounts", "blog", "mail", "social"]
# They build indexes under a lock, and no site had rows yet when they ran.
BEFORE_THE_FIRST_SITE = [
    "0002_one_role_a_member",
    "0006_former_names_and_clean_text",
    "0007_people_by_name",
    "0002_edits_and_deletions",
    "0001_outbox",
]


def lint(**options):
    """Return what the linter says, or raise SystemExit."""
    out = io.StringIO()
    call_command(
        "lintmigrations",
        include_apps=APPS,
        no_cache=True,
        quiet=["ok", "ignore"],
        warnings_as_errors=[],
        stdout=out,
        **options,
    )
    return out.getvalue()


@pytest.mark.django_db
@pytest.mark.side_by_side
class TestMigrations:
    """On PostgreSQL: SQLite builds tables anew, which tells nothing about locks."""

    def test_lock_no_table_for_long_and_take_nothing_from_the_old_version(self):
        lint(ignore_name=BEFORE_THE_FIRST_SITE)

    def test_are_read_with_an_eye_for_locks(self):
        with pytest.raises(SystemExit):
            lint()
