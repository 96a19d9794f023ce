import os
import signal

import pytest
from django.core.management import CommandError
from django.db import connection

from accounts.models import User
from blog.models import Post
from flasky_site.operations.backups import archive, back_up, engines
from flasky_site.operations.backups.fingerprints import fingerprint
from tests.factories import PostFactory

from .acts import lose_everything, picture, run

pytestmark = pytest.mark.django_db(transaction=True)


class TestBackup:
    def test_brings_back_all_that_was_lost(self, site, file):
        before = fingerprint(connection)
        run("backup", file)
        lose_everything(site)

        run("restore", file)

        assert fingerprint(connection) == before
        assert site["picture"].read_bytes() == b"a picture"
        assert Post.objects.filter(body="Grüße 🙂").exists()

    def test_leaves_a_site_that_goes_on(self, site, file):
        run("backup", file)
        lose_everything(site)
        run("restore", file)

        post = PostFactory(author=User.objects.get())

        assert Post.objects.count() == 3
        post.author.refresh_from_db()
        assert post.author.post_count == 3

    def test_is_for_the_operator_alone_to_read(self, site, file):
        run("backup", file)

        assert file.stat().st_mode & 0o777 == 0o600

    def test_is_of_one_moment(self, site, file, monkeypatch):
        """What is written while it runs is not in it, and does not disturb it."""

        def write_meanwhile(database):
            if connection.vendor == "postgresql":
                name = connection.settings_dict["NAME"]
                with engines.connection_to(name) as other, other.cursor() as cursor:
                    cursor.execute("UPDATE accounts_user SET location = 'Elsewhere'")
            return fingerprint(database)

        monkeypatch.setattr(
            "flasky_site.operations.backups.backing_up.fingerprint", write_meanwhile
        )
        run("backup", file)

        assert "is whole" in run("verify", file)

    def test_takes_a_picture_that_comes_while_it_runs(self, site, file, monkeypatch):
        def come(database):
            picture("avatars/2/new-64.webp")
            return fingerprint(database)

        monkeypatch.setattr(
            "flasky_site.operations.backups.backing_up.fingerprint", come
        )

        manifest = back_up(file, say=str)

        assert "media/avatars/2/new-64.webp" in manifest.members

    def test_may_run_twice_at_once(self, site, file, monkeypatch):
        """As when the one of yesterday has not ended yet."""
        with archive.writing(file) as first:
            first.add("first", site["picture"])
            back_up(file, say=str)
            assert "is whole" in run("verify", file)

    def test_leaves_nothing_behind_when_it_fails(self, site, file, monkeypatch):
        def fail(database):
            raise OSError("No space left on device")

        monkeypatch.setattr(
            "flasky_site.operations.backups.backing_up.fingerprint", fail
        )
        with pytest.raises(CommandError, match="No space left"):
            run("backup", file)

        assert [*file.parent.glob("*site*")] == []
        assert [*file.parent.glob(".backup*")] == []

    def test_leaves_nothing_behind_when_it_is_told_to_end(
        self, site, file, monkeypatch
    ):
        monkeypatch.setattr(
            "flasky_site.operations.backups.backing_up.fingerprint",
            lambda database: os.kill(os.getpid(), signal.SIGTERM),
        )
        with pytest.raises(SystemExit):
            run("backup", file)

        assert [*file.parent.glob("*site*")] == []
        assert [*file.parent.glob(".backup*")] == []

    def test_replaces_no_file_unasked(self, site, file):
        file.write_text("precious")

        with pytest.raises(CommandError, match="--overwrite"):
            run("backup", file)
        assert file.read_text() == "precious"

        run("backup", file, overwrite=True)
        assert "is whole" in run("verify", file)

    @pytest.mark.side_by_side
    def test_names_the_program_that_is_missing(self, site, file, monkeypatch):
        monkeypatch.setenv("PATH", "")

        with pytest.raises(CommandError, match="postgresql-client"):
            run("backup", file)
