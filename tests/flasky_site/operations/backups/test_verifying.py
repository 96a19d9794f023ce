from uuid import uuid4

import pytest
from django.core.management import CommandError
from django.db import connection

from flasky_site.operations.backups import archive

from .acts import change, run

pytestmark = pytest.mark.django_db(transaction=True)


class TestVerify:
    def test_finds_a_table_that_holds_something_else(self, site, file):
        run("backup", file)
        with archive.reading(file) as found:
            tables = found.manifest.tables
        tables["blog_post"][0] += 1
        tables["accounts_user"][1] = "1"
        change(file, member="x", data=b"", manifest={"tables": tables})

        with pytest.raises(CommandError) as refused:
            run("verify", file)

        assert "blog_post: 3 rows expected, 2 found" in str(refused.value)
        assert "accounts_user: 1 rows, of which some differ" in str(refused.value)

    def test_leaves_no_database_behind(self, site, file, monkeypatch):
        ours = uuid4().hex[:12]
        monkeypatch.setattr("secrets.token_hex", lambda length: ours)
        run("backup", file)
        run("verify", file)

        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT datname FROM pg_database")
                assert (f"flasky_verify_{ours}",) not in cursor.fetchall()

    @pytest.mark.side_by_side
    def test_never_restores_into_the_site(self, site, file):
        run("backup", file)
        name = connection.settings_dict["NAME"]

        with pytest.raises(CommandError, match="Name another one"):
            run("verify", file, scratch_database=name)
